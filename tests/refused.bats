# What becomes of an exercise that the gate refuses, and of one that it cannot look at: nothing of it runs, each
# format says so at the line, and the verdict is neither a pass nor a fault. tests/gate.bats has what is refused.
# shellcheck disable=SC2016,SC2154
load helper

setup() {
    own_harness
    new_exercise 05-votes
    cp solutions/05-votes/exercise.c right.c
}

exercise() { run --separate-stderr "$interleave" exercise 5 --lessons lessons "$@"; }
exercise_json() { exercise --format json "$@"; }

# repair <<'E' … E: the solution, with this before it
repair() { { cat && cat solutions/05-votes/exercise.c; } >repair.c; }

# Leaves a file behind when anything of it runs.
repair_that_runs_early() {
    repair <<'END'
#include <stdio.h>
__attribute__((constructor)) static void early(void) {
    FILE *file = fopen("ran", "w");
    if (file)
        fclose(file);
}
END
}

valid_verdict() {
    python3 - "$project/docs/verdict.schema.json" <<'END'
import json, os, sys
from jsonschema import Draft202012Validator
Draft202012Validator(json.load(open(sys.argv[1]))).validate(json.loads(os.environ["output"]))
END
}

@test "nothing of a refused exercise is run, and the verdict says where, what and why" {
    repair_that_runs_early
    exercise_json repair.c
    assert_equal "$status" 1
    assert_verdict refused
    assert_equal "$(field '.programs[0].refusals | map("\(.file):\(.line) \(.name)") | join(" ")')" \
        "repair.c:2 constructor repair.c:3 fopen repair.c:5 fclose"
    assert_contains "$(field '.programs[0].refusals[0].message')" "take it out"
    assert_equal "$(field '[.programs[0].engines[] | "\(.outcome) \(.reason)"] | unique | join(" ")')" \
        "unavailable the file is refused, so nothing of it ran"
    assert_equal "$(field '.programs[0].faults | length')" 0
    assert_not_exist ran
    output=$output valid_verdict
}

@test "the same file runs where nothing is refused: without the gate it leaves its trace" {
    repair_that_runs_early
    run "$interleave" run repair.c lessons/05-votes/drive.c --engines native --cflags "-Ilessons -Ilessons/05-votes"
    assert_exist ran
}

@test "every format shows a refusal at its line, and none calls it a fault" {
    repair_that_runs_early
    exercise repair.c
    assert_equal "$status" 1
    assert_line "repair.c  refused: nothing of it was run"
    assert_line --partial "repair.c:2  the attribute \`constructor\`"
    assert_line --partial "2 | __attribute__((constructor))"
    assert_output --partial "a rule of the course, not a fault"
    refute_line --regexp '^  (native|tsan|asan|helgrind|explore) '
    exercise repair.c --format gcc
    assert_line --regexp '^repair.c:2:1: error: the attribute `constructor` .* \[refused\]$'
    exercise repair.c --format github
    assert_line --regexp '^::error file=repair.c,line=2,col=1,title=refused::the attribute'
    exercise repair.c --format tap
    assert_line --regexp '^not ok 1 '
    assert_line --regexp '^# refused at repair.c:2: the attribute'
    refute_line --partial unavailable
    exercise repair.c --format sarif
    assert_equal "$(field '.runs[0].results[0] | "\(.ruleId) \(.level) \(.locations[0].physicalLocation.region.startLine)"')" "refused error 2"
    assert_equal "$(field '.runs[0] | .tool.driver.rules[.results[0].ruleIndex].id')" refused
    assert_equal "$(field '.runs[0].invocations[0].executionSuccessful')" true
    exercise repair.c --format events
    assert_equal "$(tail -n 1 <<<"$output" | jq -r '"\(.event) \(.verdict)"')" "verdict refused"
}

@test "explain and a schedule refuse what an exercise would be refused for" {
    repair_that_runs_early
    run "$interleave" explain 5 --lessons lessons repair.c
    assert_equal "$status" 1
    assert_line "repair.c  refused: nothing of it was run"
    assert_line --partial "repair.c:2  the attribute"
    exercise --schedule 'b9d83f50::e3' repair.c
    assert_equal "$status" 1
    assert_line "repair.c  refused: nothing of it was run"
    assert_not_exist ran
}

@test "a refused verdict is kept, and belongs to that gate" {
    repair_that_runs_early
    exercise_json repair.c
    local first=$output
    exercise_json repair.c
    assert_equal "$output" "$first"
    printf '#!/bin/sh\necho %s\n' "'{\"refusals\":[],\"compiles\":true}'" >"$BATS_TEST_TMPDIR/build/interleave-gate"
    exercise_json --engines native repair.c
    refute [ "$(field '.programs[0].verdict')" = refused ]
}

@test "what is not refused is judged as before, by the same word, also beside a refused file" {
    exercise_json right.c
    assert_success
    assert_verdict clean
    assert_equal "$(field '.programs[0] | has("refusals")')" false
    output=$output valid_verdict
}

# with_gate <<'E' … E: another program in the gate's place
with_gate() {
    rm "$BATS_TEST_TMPDIR/build/interleave-gate"
    cat >"$BATS_TEST_TMPDIR/build/interleave-gate"
    chmod +x "$BATS_TEST_TMPDIR/build/interleave-gate"
}

# assert_not_looked_at REASON: a right exercise is neither passed nor blamed
assert_not_looked_at() {
    exercise_json --engines native,tsan right.c
    assert_equal "$status" 2
    assert_verdict unjudged
    assert_reason native "the gate could not look at the file"
    assert_reason native "$1"
    assert_reason tsan "a person has to"
}

@test "where the gate cannot look nobody has judged: it is missing, crashes, talks nonsense or too much" {
    with_gate <<<'#!/bin/sh
kill -SEGV $$'
    assert_not_looked_at "ended by signal 11"
    with_gate <<<'#!/bin/sh
echo nonsense'
    assert_not_looked_at "nothing that is understood"
    with_gate <<<'#!/bin/sh
echo "{\"refusals\":[{\"line\":\"none\"}]}"'
    assert_not_looked_at "nothing that is understood"
    with_gate <<<'#!/bin/sh
yes'
    assert_not_looked_at "more than it can tell"
    with_gate <<<'#!/bin/sh
echo "{\"refusals\":[],\"trouble\":\"it is beyond me\"}"'
    assert_not_looked_at "it is beyond me"
    rm "$BATS_TEST_TMPDIR/build/interleave-gate"
    assert_not_looked_at "build it with make"
}

@test "nothing runs before the gate has opened, and nothing when it never does" {
    repair <<'END'
#include <stdio.h>
END
    sed -i 's/tally->votes += votes;/&\n    perror("ran");/' repair.c
    with_gate <<<'#!/bin/sh
mkdir looked && exit 3'
    exercise --engines native --keep kept repair.c
    assert_exist looked
    assert_equal "$(find kept -name stderr.txt)" ""
}

@test "lesson.ini says what else an exercise may call" {
    repair <<'END'
#include <unistd.h>
static int spare(void) { return dup(1); }
int (*const used)(void) = spare;
END
    exercise_json --engines native repair.c
    assert_verdict refused
    assert_equal "$(field '.programs[0].refusals[0] | "\(.line) \(.name)"')" "2 dup"
    echo 'calls = close, dup' >>lessons/05-votes/lesson.ini
    exercise_json --engines native repair.c
    assert_verdict clean
}

@test "what the lesson's own headers declare may be called, and what is not there is the linker's to say" {
    echo 'int helper(int n);' >>lessons/05-votes/exercise.h
    printf '%s\n' '#include "exercise.h"' 'int helper(int n) { return n; }' >lessons/05-votes/helper.c
    echo 'sources = helper.c' >>lessons/05-votes/lesson.ini
    { cat right.c && echo 'static int spare(void) { return helper(1); } int (*const used)(void) = spare;'; } >repair.c
    exercise_json --engines native repair.c
    assert_verdict clean
    sed -i 's/helper(1)/helpless(1)/' repair.c
    exercise_json --engines native repair.c
    assert_verdict faulty
    assert_kinds compile-error
}

@test "any other program is not for the gate" {
    write_program own.c <<'END'
#include <unistd.h>
__attribute__((constructor)) static void early(void) { (void)getpid(); }
int main(void) { return fork() < 0; }
END
    judge_json --engines native own.c
    assert_verdict clean
}

@test "a refused exercise is no solved one, and is told so where its file is judged" {
    { echo '__attribute__((constructor)) static void early(void) {}' && cat right.c; } >lessons/05-votes/exercise.c
    exercise
    assert_line --partial refused
    run "$interleave" progress --lessons lessons
    assert_line --partial "0 of 1 solved"
}
