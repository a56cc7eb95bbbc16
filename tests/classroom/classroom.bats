# scripts/classroom/classroom.yml, step by step, by an ordinary user of a bare system: see inside.

bats_load_library bats-support
bats_load_library bats-assert

project=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
workflow=$project/scripts/classroom/classroom.yml
work=/home/runner/work

as_runner() { # COMMAND...
    sudo -u runner env -i PATH="$PATH" HOME=/home/runner LANG=C.UTF-8 GITHUB_ACTIONS=true CI=true LESSONS="$lessons" \
        GITHUB_OUTPUT=/home/runner/output RUNNER_TEMP=/home/runner/temp sh -c 'cd "$1" && shift && exec "$@"' sh "$work" "$@"
}

# step NAME: as GitHub runs it.
step() {
    python3 "$BATS_TEST_DIRNAME/steps.py" "$workflow" "$1" >/tmp/step.sh
    run as_runner bash -e /tmp/step.sh
}

result() { sed -n 's/^result=//p' /home/runner/output | tail -n 1 | base64 -d; }

setup_file() {
    mkdir -p $work/class /home/runner/temp
    git clone -q "$project" $work/interleave
    git clone -q "$project" $work/class/submission
    chown -R runner: /home/runner
    lessons=7
    step "Build the grader"
    assert_success
}

setup() {
    lessons=7
    rm -f /home/runner/output
    sudo -u runner git -C $work/class/submission checkout -q .
}

exercise=$work/class/submission/lessons/07-lock-order/exercise.c

@test "the workflow is YAML that fetches the submission and the grader apart, and reports what the grader gives" {
    run python3 "$BATS_TEST_DIRNAME/steps.py" "$workflow"
    assert_success
    assert_line "actions/checkout@v4	Fetch what was handed in	class/submission"
    assert_line "actions/checkout@v4	Fetch the grader	interleave"
    assert_line --partial "classroom-resources/autograding-grading-reporter@v1"
}

@test "a right repair gets all points, in the console's sum and in the server's" {
    cp "$project/solutions/07-lock-order/exercise.c" $exercise
    step Grade
    assert_success
    refute_line --regexp '^::error'
    run result
    assert_equal "$(jq -r '.status' <<<"$output")" pass
    assert_equal "$(jq '.max_score == ([.tests[].score] | add)' <<<"$output")" true
    assert_equal "$(jq '[.tests[] | select(.status != "pass")] | length' <<<"$output")" 0
}

@test "a wrong repair is no failed step: its faults are annotations, and its points fewer" {
    echo "// changed" >>$exercise
    step Grade
    assert_success
    assert_line --regexp '^::error file=lessons/07-lock-order/exercise\.c,line=[0-9]+'
    run result
    assert_equal "$(jq -r '.status' <<<"$output")" fail
    # What the console says, passed/total, is what the server sums.
    assert_equal "$(jq '(.max_score * ([.tests[] | select(.status == "pass")] | length) / (.tests | length)) == ([.tests[].score] | add)' <<<"$output")" true
}

@test "a student who changes the course's own files changes nothing" {
    echo "// changed" >>$exercise
    echo 'int main(void) { return 0; }' >$work/class/submission/lessons/07-lock-order/drive.c
    rm $work/class/submission/lessons/drive.h
    step Grade
    run result
    assert_equal "$(jq -r '.status' <<<"$output")" fail
}

@test "nothing that a student names can command the runner" {
    echo "// changed" >>$exercise
    mkdir "$work/class/submission/x
::error::forged
::set-output name=result::forged"
    touch "$work/class/submission/x
::error::forged
::set-output name=result::forged/07-lock-order.c"
    step Grade
    refute_line --regexp '^::(error|set-output).*forged'
    rm -r "$work/class/submission/x"*
}
