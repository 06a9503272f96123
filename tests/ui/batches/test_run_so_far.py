from ocrdesk.ui.batches.run_so_far import FEW, LONG, RunSoFar


def run_of(pages: int) -> RunSoFar:
    run = RunSoFar()
    for page_id in range(pages):
        run.page_started(100.0 + page_id)
        run.page_finished(page_id)
        run.page_finished(page_id)  # read twice in one run, it is one page
    return run


def test_a_run_of_a_few_pages_that_took_a_moment_is_small():
    assert run_of(0).is_small(1e9)
    assert run_of(1).is_small(100.0 + LONG)
    assert run_of(FEW).is_small(100.0 + LONG)


def test_a_run_of_more_pages_or_a_longer_one_is_not():
    assert not run_of(FEW + 1).is_small(100.0)
    assert not run_of(1).is_small(100.1 + LONG), "it began with its first page"
