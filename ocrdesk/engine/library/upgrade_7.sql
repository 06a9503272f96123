-- From version 6 to 7: what is told of pages and files is kept as facts, as facts.py packs them. Of the sentences that are
-- there, those become facts that something hangs on; the others stay as they are.
UPDATE page SET remark = as_facts(remark) WHERE remark IS NOT NULL AND remark <> as_facts(remark);
UPDATE left_out SET why = as_facts(why) WHERE why <> as_facts(why);
