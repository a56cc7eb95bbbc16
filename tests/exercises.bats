# Exercises: a student's file in the place of exercise.c is judged with the driver of the lesson, whose
# verdict does not depend on what the exercise prints or on how it ends; wrong files get a sentence that a student understands.
# shellcheck disable=SC2016,SC2154
load helper

setup() {
    own_harness
    new_exercise 05-votes
}

# exercise ARGUMENT...: of lesson 5; its own file unless another is named
exercise() { run --separate-stderr "$interleave" exercise 5 --lessons lessons "$@"; }
exercise_json() { exercise --format json "$@"; }

# repair <<'E' … E: the student's file
repair() { { echo '#include "exercise.h"' && cat; } >repair.c; }

@test "check asks both of an exercise: as shipped it shows its fault, with the solution in its place none" {
    run --separate-stderr "$interleave" check --lessons lessons
    assert_success
    assert_line --regexp '^ok +05-votes/exercise.c +data-race'
    assert_line --regexp '^ok +05-votes/solution +clean'
}

@test "a comment of the student's that looks like a marker of the course stops nothing" {
    echo '/* fault: leak */' >>lessons/05-votes/exercise.c
    run --separate-stderr "$interleave" list --lessons lessons
    assert_success
    exercise
    assert_equal "$status" 1
    assert_equal "$stderr" ""
}

@test "a solution that is no better than the exercise fails the check, and so does a solved exercise" {
    now_and_then
    cp lessons/05-votes/exercise.c kept.c
    cp solutions/05-votes/exercise.c lessons/05-votes/
    cp kept.c solutions/05-votes/exercise.c
    run --separate-stderr "$interleave" check --lessons lessons
    assert_equal "$status" 1
    local said
    said=$(tr -s ' \n' '  ' <<<"$output")
    assert_contains "$said" "tsan must find a data-race"
    assert_contains "$said" "explore must find a data-race"
    assert_contains "$said" "tsan found a data-race at exercise.c:4"
}

@test "a solved exercise is said to be solved, after all engines have judged it" {
    exercise solutions/05-votes/exercise.c
    assert_success
    assert_line --index 0 "exercise.c compiles."
    local engine
    for engine in native tsan asan helgrind explore; do assert_line --regexp "^  $engine +clean"; done
    assert_line "Exercise 5 is solved."
}

@test "an exercise is not said to be solved when some engines have not looked" {
    exercise solutions/05-votes/exercise.c --engines native,tsan
    assert_success
    refute_line --partial "solved"
    assert_line "Not every engine has looked: make exercise-5 asks them all."
}

@test "the file that a student edits is judged unless another is named" {
    exercise_json
    assert_equal "$status" 1
    assert_verdict faulty
    assert_contains "$(field '.programs[0].faults[] | select(.engine == "tsan").places[0].file')" 05-votes/exercise.c
}

@test "a failed check is a wrong-result at its line, under every engine" {
    repair <<'E'
void tally_add(struct tally *tally, int votes) { (void)tally, (void)votes; }
E
    exercise_json repair.c
    assert_verdict faulty
    assert_kinds wrong-result
    assert_equal "$(field '[.programs[0].faults[].engine] | sort | join(" ")')" "asan explore helgrind native tsan"
    assert_equal "$(field '[.programs[0].faults[].places[] | "\(.file | split("/") | last):\(.line) \(.thread)"] | unique | join(" ")')" \
        "drive.c:$(grep -n 'check(' lessons/05-votes/drive.c | cut -d: -f1) main"
    assert_contains "$(field '.programs[0].faults[0].message')" 'votes "'
    assert_contains "$(field '.programs[0].faults[] | select(.engine == "explore").message')" 'votes "'
    assert_contains "$(field '.programs[0].faults[] | select(.engine == "explore").message')" '\ were counted as 0'
}

@test "an exercise that ends the program is faulty under every engine, whatever its status and output say" {
    local way
    for way in 'exit(0)' '_exit(0)' '_Exit(0)' 'quick_exit(0)'; do
        repair <<E
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
void tally_add(struct tally *tally, int votes) { (void)tally, (void)votes; puts("all checks passed"); $way; }
E
        exercise_json repair.c
        assert_verdict faulty
        assert_kinds wrong-exit
        assert_equal "$way $(field '[.programs[0].faults[].engine] | sort | join(" ")')" "$way asan explore helgrind native tsan"
    done
}

@test "threads that a failed check leaves behind are no fault of their own" {
    repair <<'E'
void tally_add(struct tally *tally, int votes) { (void)tally, (void)votes; }
E
    sed -i 's/^ *pthread_join(threads\[i\].*/        { pthread_join(threads[1], NULL); check(tally.votes == votes, "not counted"); }/' lessons/05-votes/drive.c
    exercise_json --engines tsan repair.c
    assert_kinds wrong-result
}

@test "a lost update without a race is found by the check, and a race that no check notices by the engines" {
    repair <<'E'
void tally_add(struct tally *tally, int votes) {
    pthread_mutex_lock(&tally->lock);
    int before = tally->votes;
    pthread_mutex_unlock(&tally->lock);
    pthread_mutex_lock(&tally->lock);
    tally->votes = before + votes;
    pthread_mutex_unlock(&tally->lock);
}
E
    exercise_json --engines explore repair.c
    assert_kinds wrong-result
    sed -i 's/tally.votes == /tally.votes <= /' lessons/05-votes/drive.c
    exercise_json --engines tsan
    assert_kinds data-race
}

@test "the driver's numbers differ from run to run: a repair that fits some inputs alone is found" {
    repair <<'E'
void tally_add(struct tally *tally, int votes) {
    pthread_mutex_lock(&tally->lock);
    tally->votes += votes > 5 ? 5 : votes;
    pthread_mutex_unlock(&tally->lock);
}
E
    exercise_json --engines native repair.c
    assert_kinds wrong-result
}

@test "the schedule of a fault is shown again by --schedule" {
    exercise --engines explore
    local schedule
    schedule=$(sed -n "s/.*--schedule '\(.*\)'/\1/p" <<<"$output" | head -n 1)
    exercise --schedule "$schedule"
    assert_equal "$status" 1
    assert_line --regexp '^data-race '
    assert_line --regexp 'T1 +T2'
}

# Files that are no repair

@test "an exercise that does not compile shows the compiler's message and the line, and nothing else" {
    repair <<<'int x = y;'
    exercise repair.c
    assert_equal "$status" 1
    assert_line "  use of undeclared identifier 'y'"
    assert_line "  repair.c:2"
    refute_line --regexp '^  (native|tsan|asan|helgrind|explore) '
    refute_line --partial compiles
    refute_line --partial "make hint"
}

@test "what the compiler rejects for one build is not compiled for the others" {
    repair <<<'int x = y;'
    exercise repair.c --jobs 1 --no-gate --keep kept
    run bash -c 'find kept -name "*-0.o.command" | sed "s/.*[/]//"'
    assert_output plain-0.o.command
}

# assert_told SENTENCE…: the compiler rejects repair.c, and these words say why.
assert_told() {
    exercise_json repair.c
    assert_equal "$status" 1
    assert_kinds compile-error
    local part
    for part; do assert_contains "$(field '.programs[0].faults[].message')" "$part"; done
}

@test "an exercise with another signature is told which function, and where it is declared" {
    repair <<<'int tally_add(struct tally *tally) { return tally->votes; }'
    assert_told '`tally_add` does not have the parameters' exercise.h
}

@test "an exercise that defines main is told to take it out" {
    { cat solutions/05-votes/exercise.c && echo 'int main(void) { return 0; }'; } >repair.c
    assert_told "must not define main" "take it out"
}

@test "an exercise without a function that exercise.h promises is told which" {
    repair <<<'int x;'
    assert_told '`tally_add` is missing' exercise.h
}

@test "an undefined function of the student's own keeps the linker's words" {
    { cat solutions/05-votes/exercise.c && echo 'int helper(void); int x(void); int x(void) { return helper(); }'; } >repair.c
    assert_told "undefined reference to \`helper'"
}

# assert_include_refused INCLUDE TEXT…
assert_include_refused() {
    repair <<<"#include $1"
    exercise_json repair.c
    assert_equal "$status" 1
    assert_verdict refused
    assert_equal "$(field '.programs[0].refusals[0] | "\(.file):\(.line)"')" repair.c:2
    assert_contains "$(field '.programs[0].refusals[0].message')" "$2"
}

@test "an exercise that includes a C file, the driver's header or what is another lesson's is refused by its line" {
    new_exercise 06-other
    assert_include_refused '"solutions/05-votes/exercise.c"' "an exercise is one file"
    assert_include_refused '"drive.h"' "for the driver"
    assert_include_refused '"lessons/06-other/exercise.h"' "belongs to another lesson"
    assert_include_refused '"../06-other/exercise.h"' "belongs to another lesson"
    assert_include_refused '<06-other/exercise.h>' "belongs to another lesson"
    assert_include_refused "\"$PWD/lessons/06-other/exercise.h\"" "belongs to another lesson"
    cp solutions/05-votes/exercise.c solutions/05-votes/stolen.h
    assert_include_refused '"solutions/05-votes/stolen.h"' "belongs to another lesson"
}

@test "an exercise may include the course's own headers" {
    { echo '#include "must.h"' && cat solutions/05-votes/exercise.c; } >repair.c
    exercise --engines native repair.c
    assert_success
}

@test "a file that is not there, or no lesson, or no exercise, is refused" {
    exercise missing.c
    assert_refused missing.c "give the path of a C file"
    run --separate-stderr "$interleave" exercise 7 --lessons lessons
    assert_refused "there is no lesson 7"
    run --separate-stderr "$interleave" exercise --lessons lessons
    assert_refused "wants the number of a lesson"
    new_lesson 08-plain
    run --separate-stderr "$interleave" exercise 8 --lessons lessons
    assert_refused "08-plain has no exercise"
}

# A lesson that is not whole

@test "an exercise without its solution, its driver or its fault is refused, with the file" {
    check_refused() {
        run --separate-stderr "$interleave" check --lessons lessons
        assert_refused "$@"
    }
    mv solutions/05-votes/exercise.c kept.c
    check_refused solutions/05-votes/exercise.c "needs its reference solution"
    mv kept.c solutions/05-votes/exercise.c
    mv lessons/05-votes/drive.c kept.c
    check_refused drive.c
    mv kept.c lessons/05-votes/drive.c
    sed -i '/^\[exercise.c\]/,$ { /fault\|see\|blind/d }' lessons/05-votes/lesson.ini
    echo 'memory = 1M' >>lessons/05-votes/lesson.ini
    check_refused "names no fault"
}

hint() { run --separate-stderr "$interleave" hint 5 --lessons lessons "$@"; }

@test "hints come one at a time, each call the next one; after the last it is shown again, and said" {
    local first
    for first in "Who adds?" "Who adds at the same time?" "Lock it." "There are no more than 3 hints. The last one again:"; do
        hint
        assert_success
        assert_line --index 0 "$first"
    done
    assert_line "Lock it."
}

@test "a hint says how to get the next one, and the last where the reference is" {
    hint
    assert_line "The next one: make hint-5"
    hint 3
    refute_output --partial "next one"
    assert_output --partial "make solution-5 FORCE=1"
}

@test "a hint that is asked for by its number is that one, and the next call goes on behind it" {
    hint 2
    assert_line --index 0 "Who adds at the same time?"
    hint
    assert_line --index 0 "Lock it."
    hint 1
    assert_line --index 0 "Who adds?"
    hint
    assert_line --index 0 "There are no more than 3 hints. The last one again:"
    hint 4
    assert_refused "there is no hint 4"
}
