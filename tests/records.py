#!/usr/bin/env python3
"""Compares the worklist and the records of a grading with docs/records.schema.json: records.py DOCS OUT"""
import json, pathlib, sys
from jsonschema import Draft202012Validator

docs, out = map(pathlib.Path, sys.argv[1:])
text = (docs / "records.schema.json").read_text().replace("verdict.schema.json#", "#")
defs = dict(json.loads((docs / "verdict.schema.json").read_text())["$defs"], **json.loads(text)["$defs"])


def check(part, value, where):
    for error in Draft202012Validator({"$ref": "#/$defs/" + part, "$defs": defs}).iter_errors(value):
        sys.exit("%s: %s: %s" % (where, list(error.absolute_path), error.message[:300]))


head, *pairs = [json.loads(line) for line in (out / "worklist.jsonl").read_text().splitlines()]
check("head", head, "worklist.jsonl:1")
for number, pair in enumerate(pairs, 2):
    check("pair", pair, "worklist.jsonl:%d" % number)
for line in (out / "unrecognised.jsonl").read_text().splitlines():
    check("unrecognised", json.loads(line), "unrecognised.jsonl")
for path in out.glob("records/*/*.json"):
    check("record", json.loads(path.read_text()), path)
if len(pairs) != head["pairs"]:
    sys.exit("worklist.jsonl: %d pairs, and the head says %d" % (len(pairs), head["pairs"]))
