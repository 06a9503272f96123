from ocrdesk.engine.recognition.catalogue import DEFAULT, RECOGNIZERS, available_recognizers


def test_each_recognizer_says_its_name_and_what_it_reads():
    for name, known in RECOGNIZERS.items():
        assert known.name == name
        assert known.reads


def test_the_default_is_offered_first():
    assert available_recognizers()[0] == DEFAULT
