# Programs that the compiler must reject: `must-see = compiler` in lesson.ini. Clang's Thread Safety Analysis is
# the only witness, so no engine runs them; what compiles, or what a compiler without it takes, is no pass.

load helper

# guarded: a lesson in ./lessons whose broken.c counts without the lock that its data names.
guarded() {
    new_lesson 01-test
    cp "$project/lessons/thread_safety.h" lessons/
    cat >lessons/01-test/correct.c <<'E'
#include <stdio.h>

#include "thread_safety.h"

static struct lock lock = LOCK_INITIALIZER;
static int count GUARDED_BY(lock);

static void *add(void *unused) {
    lock_acquire(&lock);
    count++;
    lock_release(&lock);
    return unused;
}

int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    lock_acquire(&lock);
    printf("%d\n", count);
    lock_release(&lock);
}
E
    sed -e '/add(void/,/^}/ { /lock_/d; s|count++;|& /* fault: thread-safety */| }' lessons/01-test/correct.c >lessons/01-test/broken.c
    cat >lessons/01-test/lesson.ini <<'E'
[lesson]
title = A test
part = Threads
summary = Two threads add one each.

[correct.c]
output = expected.txt
cflags = -Wthread-safety -Werror=thread-safety

[broken.c]
fault = thread-safety
must-see = compiler
cflags = -Wthread-safety -Werror=thread-safety
E
}

# check ARGUMENT...: the lessons in ./lessons
check() { run --separate-stderr "$interleave" check --lessons lessons --format json "$@"; }

problems() { field '.programs[] | select(.name == "01-test/'"$1"'").problems[]'; }

assert_met() { assert_equal "$1: $(problems "$1")" "$1: "; }

# mark KIND: the marked line of broken.c is marked with it, and with nothing else.
mark() { sed -i "s|/\* fault: .*\*/|/* fault: $1 */|" lessons/01-test/broken.c; }

@test "a program that the compiler must reject is as expected when it does, at the marked line" {
    guarded
    check
    assert_success
    assert_met correct.c
    assert_met broken.c
    assert_equal "$(field '.programs[1].verdict')" faulty
    assert_equal "$(field '.programs[1].faults[] | "\(.engine) \(.kind)"')" "compiler thread-safety"
}

@test "a lesson shows the compiler in place of the engines, which have nothing to run" {
    guarded
    run --separate-stderr "$interleave" lesson 1 --lessons lessons
    assert_success
    assert_line --regexp '^  compiler +rejects +thread-safety at broken.c:[0-9]+$'
    assert_line --partial "requires holding mutex 'lock'"
    assert_equal "$(grep -c '^  native' <<<"$output")" 1
    refute_line --partial unavailable
}

@test "a program that the compiler must reject and that compiles fails the check, whatever the engines see" {
    guarded
    sed -e 's|count++;|& /* fault: thread-safety */|' lessons/01-test/correct.c >lessons/01-test/broken.c
    check
    assert_equal "$status" 1
    assert_equal "$(problems broken.c | wc -l)" 1
    assert_contains "$(problems broken.c)" "compiler must find a thread-safety at broken.c:"
    check # from the cache
    assert_equal "$status" 1
    assert_contains "$(problems broken.c)" "compiler must find a thread-safety at broken.c:"
}

@test "a program that must be rejected and merely races, for its guard is gone, fails the check" {
    guarded
    sed -i 's/ GUARDED_BY(lock)//' lessons/01-test/broken.c
    check
    assert_equal "$status" 1
    assert_contains "$(problems broken.c)" "compiler must find"
}

@test "without the flag that asks for the analysis the program compiles, and the check fails" {
    guarded
    sed -i '/^\[broken.c\]/,$ { /^cflags/d }' lessons/01-test/lesson.ini
    check --engines native
    assert_equal "$status" 1
    assert_contains "$(problems broken.c)" "compiler must find"
}

@test "a mark one line too low fails the check: the compiler's line is not where it is said to be" {
    guarded
    local line
    line=$(grep -n 'fault:' lessons/01-test/broken.c | cut -d: -f1)
    sed -i -e 's| /\* fault: .*\*/||' -e 's|return unused;|& /* fault: thread-safety */|' lessons/01-test/broken.c
    check --engines native
    assert_equal "$status" 1
    assert_contains "$(problems broken.c)" "compiler found a thread-safety at broken.c:$line that is not expected"
    assert_contains "$(problems broken.c)" "compiler must find a thread-safety at broken.c:$((line + 1))"
}

@test "a second access without the lock, that no mark declares, fails the check" {
    guarded
    sed -i 's|return unused;|count--; &|' lessons/01-test/broken.c
    check --engines native
    assert_equal "$status" 1
    assert_contains "$(problems broken.c)" "that is not expected"
}

@test "an ordinary error of the compiler is not the fault that it must find" {
    guarded
    sed -i 's|count++;|conut++;|' lessons/01-test/broken.c
    check --engines native
    assert_equal "$status" 1
    assert_contains "$(problems broken.c)" "compiler found a compile-error"
    assert_contains "$(problems broken.c)" "compiler must find a thread-safety"
}

@test "a correct program that the analysis rejects fails the check, with the line" {
    guarded
    sed 's| /\* fault: .*\*/||' lessons/01-test/broken.c >lessons/01-test/correct.c
    check --engines native
    assert_equal "$status" 1
    assert_contains "$(problems correct.c)" \
        "compiler found a thread-safety at correct.c:$(grep -n count++ lessons/01-test/correct.c | cut -d: -f1) that is not expected"
}

@test "a compiler without the analysis cannot judge: status 2, one reason, and the remedy" {
    guarded
    command -v gcc >found || skip "no gcc here"
    local program
    INTERLEAVE_CC=gcc check
    assert_equal "$status" 2
    for program in correct.c broken.c; do
        assert_equal "$(problems $program | wc -l)" 1
        assert_contains "$(problems $program)" "compiler could not judge"
        assert_contains "$(problems $program)" "no Thread Safety Analysis: name a clang in INTERLEAVE_CC"
    done
    INTERLEAVE_CC=gcc run --separate-stderr "$interleave" lesson 1 --lessons lessons
    assert_equal "$status" 2
    assert_line "broken.c  could not be judged"
    refute_line --partial "does not behave"
}

@test "without any compiler such a program is unjudged, too" {
    guarded
    INTERLEAVE_CC=nosuchcompiler check
    assert_equal "$status" 2
    assert_contains "$(problems broken.c)" "compiler could not judge: nosuchcompiler is not installed"
}

# assert_ini_refused SED TEXT…: lesson.ini, changed so, is refused.
assert_ini_refused() {
    guarded
    sed -i "$1" lessons/01-test/lesson.ini
    run --separate-stderr "$interleave" check --lessons lessons
    assert_refused lesson.ini "${@:2}"
    rm -r lessons
}

@test "lesson.ini cannot say that the compiler must see what only a run shows, nor what engines see of the rest" {
    assert_ini_refused 's/^must-see.*/&\nmay-see = native/' "[broken.c] says what native sees" "no engine can run it"
    assert_ini_refused 's/^must-see.*/&\nblind.asan = It is not run./' "says what asan sees" "no engine can run it"
    assert_ini_refused 's/^must-see = .*/must-see = compiler tsan/' '`compiler` is not an engine'
    assert_ini_refused 's/^fault.*/fault = thread-safety data-race/' "names a fault that the compiler cannot see"
    assert_ini_refused '/^fault/d; /^\[broken.c\]/,$ s/^cflags/budget = 1\ncflags/' "names no fault"
}

# Exercises

guarded_exercise() {
    new_exercise 05-votes
    cp "$project/lessons/thread_safety.h" lessons/
    sed -i '/^\[exercise.c\]/,$d' lessons/05-votes/lesson.ini
    cat >>lessons/05-votes/lesson.ini <<'E'
[exercise.c]
fault = thread-safety
must-see = compiler
cflags = -Wthread-safety -Werror=thread-safety
E
    cat >lessons/05-votes/exercise.c <<'E'
#include "exercise.h"
#include "thread_safety.h"

static struct lock lock = LOCK_INITIALIZER;
static int total GUARDED_BY(lock);

void tally_add(struct tally *tally, int votes) {
    total += votes;
    tally->votes = total;
}
E
    sed -e 's|    total +=|    lock_acquire(\&lock);\n&|; s|    tally->votes = total;|&\n    lock_release(\&lock);|' \
        lessons/05-votes/exercise.c >solutions/05-votes/exercise.c
}

@test "an exercise that the analysis rejects is as expected, and its solution is judged by all engines" {
    guarded_exercise
    check 5
    assert_success
    assert_equal "$(field '.programs[] | select(.name == "05-votes/solution").engines[].outcome' | sort -u)" clean
}

@test "an exercise that the analysis rejects shows the line and offers a hint; an ordinary error offers none" {
    guarded_exercise
    run --separate-stderr "$interleave" exercise 5 --lessons lessons
    assert_equal "$status" 1
    assert_line --regexp '^  compiler +rejects +thread-safety at exercise.c:8$'
    assert_line --partial "make hint-5"
    refute_line --partial "compiles."
    sed -i 's/votes;$/vots;/' lessons/05-votes/exercise.c
    run --separate-stderr "$interleave" exercise 5 --lessons lessons
    assert_equal "$status" 1
    assert_line --partial compile-error
    refute_line --partial "make hint"
}

@test "an exercise whose analysis is switched off, or that has lost its guard, is caught by the engines" {
    guarded_exercise
    local change
    for change in 's/ GUARDED_BY(lock)//' 's/^void tally_add.*/void tally_add(struct tally *tally, int votes) UNCHECKED;\n&/' \
        '1s/^/#pragma clang diagnostic ignored "-Wthread-safety-analysis"\n/'; do
        sed "$change" lessons/05-votes/exercise.c >repair.c
        # The gate, which would refuse the pragma, is not what is tried here.
        run --separate-stderr "$interleave" exercise 5 repair.c --no-gate --lessons lessons --format json --engines tsan,explore
        assert_equal "$status" 1
        assert_contains "$(field '[.programs[0].faults[] | select(.kind == "data-race").engine] | unique | join(" ")')" "explore tsan"
    done
}

# lessons/thread_safety.h

@test "a fault of a lock is reported at the line that takes it, not in the header" {
    write_program twice.c <<'E'
#include "thread_safety.h"
static struct lock lock = LOCK_INITIALIZER;
static void inner(void) {
    lock_acquire(&lock);
    lock_release(&lock);
}
int main(void) {
    lock_acquire(&lock);
    inner();
    lock_release(&lock);
}
E
    judge_json twice.c
    assert_kinds double-lock
    assert_equal "$(field '[.programs[0].faults[].engine] | sort | join(" ")')" "asan explore helgrind native tsan"
    assert_equal "$(field '[.programs[0].faults[].places[] | "\(.file | split("/") | last):\(.line)"] | unique | join(" ")')" "twice.c:4"
}

@test "the analysis sees a lock that is taken twice, kept, given back twice, or asked of the caller in vain" {
    local body line
    while IFS='|' read -r line body; do
        printf '#include "thread_safety.h"\n%s\n%s\n%s\n%s\n' 'static struct lock lock = LOCK_INITIALIZER;' \
            'static int data GUARDED_BY(lock);' 'static int get(void) REQUIRES(lock); static int get(void) { return data; }' \
            "int main(void) { $body }" >program.c
        judge_json --engines native --cflags "-Wthread-safety -Werror=thread-safety" program.c
        assert_equal "$body: $(field '[.programs[0].faults[].kind] | unique | join(" ")')" "$body: $line"
    done <<'E'
thread-safety|lock_acquire(&lock); lock_acquire(&lock); lock_release(&lock);
thread-safety|lock_acquire(&lock); data = 1;
thread-safety|lock_acquire(&lock); lock_release(&lock); lock_release(&lock);
thread-safety|return get();
|lock_acquire(&lock); int copy = get(); lock_release(&lock); return copy;
E
}
