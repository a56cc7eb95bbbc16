"""Reads scripts/classroom/classroom.yml with a real YAML parser: says of each step what GitHub would do."""
import sys

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    workflow = yaml.safe_load(file)
(job,) = workflow["jobs"].items()
# YAML 1.1 takes `on` for a truth value.
assert set(workflow.get("on", workflow.get(True))) >= {"push", "repository_dispatch"}, "it must start by itself"
assert workflow["permissions"]["checks"] == "write", "the reporter writes a check"
assert job[0] == "run-autograding-tests" and "name" not in job[1], "the reporter looks for this name"
if len(sys.argv) > 2:  # the shell of the step with this name
    (step,) = (step for step in job[1]["steps"] if step["name"] == sys.argv[2])
    print(step["run"])
else:
    for name, value in workflow["env"].items():
        print(f"env {name}={value}")
    for step in job[1]["steps"]:
        print("run" if "run" in step else step["uses"], step["name"], step.get("with", {}).get("path", ""), sep="\t")
