# A person is the scheduler: `interleave drive`.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154
load helper

# drive ANSWERS OPERAND...: ANSWERS are the lines that are typed, as printf writes them.
drive() {
    local answers=$1
    shift
    # shellcheck disable=SC2059
    run --separate-stderr "$interleave" drive "$@" < <(printf "$answers")
}

# The last picture, with what follows it.
last_screen() {
    awk '/^(Lesson|Make it fail)/ { screen = "" } { screen = screen $0 "\n" } END { printf "%s", screen }' <<<"$output"
}

# assert_threads LINE…: what the last picture says of each thread, without the lines of the source.
assert_threads() {
    assert_equal "$(last_screen | grep -E '^[> ] ?[0-9]+ (main|T[0-9]+) ')" "$(printf '%s\n' "$@")"
}

assert_screen() { assert_contains "$(last_screen)" "$1"; }

# The schedule that was shown last.
schedule() { sed -n 's/^The schedule:  //p' <<<"$output" | tail -1; }

assert_reached() { assert_contains "$output" "You made it fail."; }

refute_reached() {
    if [[ $output == *"You made it fail."* ]]; then fail "reached: $output"; fi
}

# Two threads add one to `count`, on line 6, and main ends with status 1 when one was lost.
write_counter() {
    write_program counter.c <<'E'
#include <pthread.h>
#include <stdio.h>

static int count;
static void *add(void *unused) {
    count++;
    return unused;
}
int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", count);
    return count != 2;
}
E
}

# main sleeps for two seconds while T1 sleeps for one, and hopes that this is enough.
write_sleepers() {
    write_program sleepers.c <<'E'
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int ready;
static void *work(void *unused) {
    sleep(1);
    ready = 1;
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    sleep(2);
    int seen = ready;
    pthread_join(thread, NULL);
    return !seen;
}
E
}

# The challenges of the lessons

challenges() { (cd "$project/lessons" && grep -l '^goal  *=' [0-9]*/lesson.ini | cut -d / -f 1); }

@test "each lesson has a challenge, or says why there is none" {
    local lesson
    for lesson in "$project"/lessons/[0-9]*; do
        grep -q '^\[drive\]' "$lesson/lesson.ini" || fail "$lesson has no [drive]"
    done
    assert_equal "$(challenges)" "$(ls "$project/tests/drives")"
}

@test "the README of a lesson with a challenge, and no other, names its command" {
    local lesson number named goals
    for lesson in "$project"/lessons/[0-9]*; do
        number=$((10#$(basename "$lesson" | cut -c 1-2)))
        named=$(sed -n '/^## Practice/,$p' "$lesson/README.md" | grep -c "^\`make drive-$number\`: ") || true
        goals=$(grep -c '^goal ' "$lesson/lesson.ini") || true
        assert_equal "$lesson: $named" "$lesson: $goals"
    done
}

# answer LESSON FILE: with the stored answers of that lesson.
answer() {
    run --separate-stderr "$interleave" drive "$((10#${1%%-*}))" <"$project/tests/drives/$1/$2"
    assert_equal "$1: $status" "$1: 0"
}

@test "the stored answers of each challenge reach its goal, and other answers do not" {
    now_and_then
    local lesson
    for lesson in $(challenges); do
        answer "$lesson" reaches
        assert_reached
        answer "$lesson" misses
        refute_reached
        assert_contains "$output" "has come to its end without the fault"
    done
}

@test "a schedule that reached the goal of a lesson reaches it again" {
    now_and_then
    local lesson word
    for lesson in $(challenges); do
        answer "$lesson" reaches
        word=$(schedule)
        [[ $word ]] || fail "$lesson: no schedule"
        drive '' "$((10#${lesson%%-*}))" --schedule "$word"
        assert_reached
        assert_equal "$(schedule)" "$word"
    done
}

@test "a deadlock that was driven to is replayed by the command that is shown" {
    answer 07-lock-order reaches
    assert_contains "${output//$'\n'/ }" 'deadlock: T1 waits for `bob.lock` (broken.c:37), held by T2 since broken.c:36; T2'
    local command
    command=$(sed -n 's/^  its trace  *//p' <<<"$output")
    run --separate-stderr bash -c "$command --format json"
    assert_equal "$status" 1
    assert_kinds deadlock
}

@test "the command that drives on from a schedule is one that works" {
    answer 07-lock-order reaches
    local command
    command=$(sed -n 's/^  to drive on  *//p' <<<"$output")
    run --separate-stderr bash -c "$command </dev/null"
    assert_equal "$status" 0
    assert_reached
}

@test "a lesson that fails on every schedule says so, and can be driven all the same" {
    drive '1 !\n' 6
    assert_equal "$status" 0
    assert_contains "${output//$'\n'/ }" "Lesson 6: there is nothing to drive: it fails on every schedule"
    assert_contains "$output" "double-lock: "
}

@test "a lesson whose program cannot be driven says why" {
    drive '' 3
    assert_refused "lesson 3: the compiler rejects it" "broken.c:21: "
    drive '' 21
    assert_refused "lesson 21: libcurl waits" "broken.c:83"
}

@test "make drive-N drives lesson N, from the SCHEDULE that is given" {
    run make -n -C "$project" -o build/interleave drive-7 SCHEDULE='12345678:1.2>2:9a'
    assert_output --partial "build/interleave drive 7 --schedule '12345678:1.2>2:9a'"
    run make -n -C "$project" -o build/interleave drive-7
    refute_output --partial "--schedule"
    assert_output --partial "build/interleave drive 7"
}

# What is shown

@test "each thread is shown with its next operation, its line, what it holds, and what it waits for" {
    drive '1 2\n2\n' 7
    assert_threads '  0 main  waits for T1 to end  :60' \
        '> 1 T1    locks `bob.lock`  :37  holds `ann.lock`' \
        '> 2 T2    locks `bob.lock`  :36'
    assert_screen 'must(pthread_mutex_lock(&second->lock));'
    if [[ $(last_screen) == *"fault:"* ]]; then fail "the marker gives the line away"; fi
}

@test "a thread that waits for a lock is shown with who holds it, and since which line" {
    drive '1 3\ne\n2 2\n' 7
    assert_threads '  0 main  waits for T1 to end  :60' \
        '> 1 T1    unlocks `bob.lock`  :40  holds `ann.lock`, `bob.lock`' \
        '  2 T2    waits for `bob.lock`, which T1 holds since :37  :36'
    assert_screen '    T2    locks `bob.lock`: must wait  :36'
}

@test "an access that races is a choice, and what stands in the memory is shown" {
    drive '10 !\n1 2\n' 2
    assert_screen '> 1 T1    writes `counter.value`, which is 1  :22'
    assert_screen '    T1    reads `counter.value`  :22'
}

@test "the question names those that can go on, many in a row as a range" {
    drive '2 !\n5 !\n' 2
    assert_screen "which thread moves? [1 3 4 6-10, u undo"
    drive '1 !\n' 12
    assert_screen "which thread moves? [0 2 1s, u undo"
}

@test "neighbours in memory have their own names" {
    write_program twins.c <<'E'
#include <pthread.h>

static _Alignas(8) struct { int left, right; } pair;
static void *work(void *unused) {
    pair.right = 1;
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pair.right = 2;
    pthread_join(thread, NULL);
    return 0;
}
E
    drive '1\n' twins.c
    assert_screen '> 1 T1    writes `pair.right`, which is 0  :5'
}

@test "a pipe gets no escape sequence, a terminal colours, and with NO_COLOR it does not" {
    drive '1\n' 7
    if [[ $output == *$'\033'* ]]; then fail "an escape sequence"; fi
    run bash -c "printf 'q\n' | TERM=xterm script -qec \"'$interleave' drive 7\" /dev/null"
    assert_output --partial $'\033[36mLesson 7'
    run bash -c "printf 'q\n' | NO_COLOR=1 TERM=xterm script -qec \"'$interleave' drive 7\" /dev/null"
    assert_output --partial 'Lesson 7'
    if [[ $output =~ $'\033['[0-9\;]*m ]]; then fail "a colour"; fi
}

@test "a terminal of 20 columns and 5 rows shows the threads that can go on, and the question" {
    run bash -c "printf 'q\n' | NO_COLOR=1 TERM=xterm script -qec \"stty cols 20 rows 5; '$interleave' drive 7\" /dev/null"
    assert_success
    local screen
    screen=$(tr -d '\r' <<<"${output##*$'\033[2J'}")
    assert_equal "$screen" "  0 main  waits for "$'\n'"> 1 T1    starts  :5"$'\n'"> 2 T2    starts  :5"$'\n'"[1 2 u q ?] "
}

# What can be typed

@test "steps without a choice are done at once, and told" {
    drive '1 3\n2\n' 7
    assert_screen "2 steps: T1 1, T2 1."
    assert_screen '    T1    unlocks `bob.lock`  :40'
}

@test "with e it stops at each step, and an empty line does the only one there is" {
    drive '1 3\ne\n2 2\n' 7
    assert_contains "$output" "It stops at each step now."
    assert_screen '> 1 T1    unlocks `bob.lock`  :40'
    drive '1 3\ne\n2 2\n\n' 7
    assert_screen '    T1    unlocks `bob.lock`  :40'
    drive 'e\ne\n1 3\n2\n' 7
    assert_contains "$output" "It stops only where there is a choice."
    assert_screen "2 steps: T1 1, T2 1."
}

@test "a thread goes on so many times, or until it must wait, and no further" {
    drive '1 2\n' 7
    assert_screen "2 steps: T1 2."
    drive '1 !\n' 12
    assert_screen '  1 T1    waits until somebody signals `queue.changed`; without a cause: 1s  :44'
    drive '1 99\n' 12
    assert_screen "3 steps: T1 3."
}

@test "a thread can be called by its number, or by its name" {
    drive 'T1 3\nmain 2\nm\n' 12
    assert_contains "$output" "3 steps: T1 3."
    assert_contains "$output" "2 steps: main 2."
    assert_screen '> 1 T1    wakes up and locks'
}

@test "a time-out is a choice, and may come too early" {
    write_sleepers
    drive '0t\n0 2\n1 !\n1\n' sleepers.c
    assert_contains "$output" "> 0 main  sleeps; its time-out: 0t  :14"
    assert_contains "$output" "    main  sleeps: times out  :14"
    assert_reached
    assert_contains "$output" "wrong-exit: the program ended with exit status 1"
    drive '1\n1t\n1 !\n' sleepers.c
    assert_contains "$output" "has come to its end without the fault"
}

@test "a sleeping thread that is asked to go on does so by its time-out" {
    write_sleepers
    drive '0\n' sleepers.c
    assert_screen "    main  sleeps: times out  :14"
}

@test "a wake-up without a cause is a choice" {
    drive '1 !\n1s\n' 12
    assert_contains "$output" '    T1    waits for `queue.changed`: wakes up without a cause  :44'
    drive '1s\n' 12
    assert_contains "$output" "T1 does not wait for a condition."
}

@test "undo takes back one command, or several, and at the start there is nothing to undo" {
    drive '1\n1\n2\nu\n' 7
    assert_threads '  0 main  waits for T1 to end  :60' \
        '> 1 T1    locks `bob.lock`  :37  holds `ann.lock`' '> 2 T2    starts  :59'
    drive '1\n1\n2\nu 2\n' 7
    assert_screen '> 1 T1    locks `ann.lock`  :36'
    drive '1\n1\n2\nu 9\nu\n' 7
    assert_screen '> 1 T1    starts  :58'
    assert_screen "There is nothing to undo."
}

@test "a deadlock can be undone, and another order is then fine" {
    drive '1 2\n2 2\n1\n2\nu\nu\nu\n1 !\n2 !\n' 7
    assert_contains "$output" "deadlock: "
    assert_screen "has come to its end without the fault"
}

@test "restart begins again, and undo brings back what was left" {
    drive '1\n1\nr\n' 7
    assert_screen '> 1 T1    starts  :58'
    drive '1\n1\nr\nu\n' 7
    assert_screen '> 1 T1    locks `bob.lock`  :37  holds `ann.lock`'
}

@test "a schedule that is saved in the middle leads back there, and its moves can be undone" {
    drive '1 2\n2\ns\n' 7
    local word
    word=$(schedule)
    drive '' 7 --schedule "$word"
    assert_threads '  0 main  waits for T1 to end  :60' \
        '> 1 T1    locks `bob.lock`  :37  holds `ann.lock`' '> 2 T2    locks `bob.lock`  :36'
    drive 'u\n' 7 --schedule "$word"
    assert_screen '> 2 T2    starts  :59'
    drive '2\n2\n1\n' 7 --schedule "$word"
    assert_reached
}

@test "undo passes over moves that were no choice, also those of a schedule that was given" {
    drive '1 3\n2\ns\n' 7
    drive 'u\n' 7 --schedule "$(schedule)"
    assert_threads '  0 main  waits for T1 to end  :60' \
        '> 1 T1    unlocks `bob.lock`  :40  holds `ann.lock`, `bob.lock`' '> 2 T2    starts  :59'
}

@test "the accesses that are choices are those of the schedule" {
    drive '10 !\n1 2\ns\n' 2
    local word
    word=$(schedule)
    drive '2 2\n' 2 --schedule "$word"
    assert_screen '> 1 T1    writes `counter.value`, which is 1  :22'
    assert_screen '> 2 T2    writes `counter.value`, which is 1  :22'
}

@test "a schedule saved into a file is read from it, and no file is overwritten" {
    drive '1 2\ns here.txt\ns here.txt\ns nowhere/here.txt\n' 7
    assert_contains "$output" 'Saved. Back to here: '
    assert_contains "$output" 'here.txt: File exists; name another file'
    assert_contains "$output" 'nowhere/here.txt: No such file or directory'
    drive '' 7 --schedule "$(cat here.txt)"
    assert_screen '> 1 T1    locks `bob.lock`  :37  holds `ann.lock`'
}

@test "lines shows the operations further back, output what was printed so far" {
    drive 'l 2\nl\n' 7
    local lines
    lines=$(last_screen | sed -n '/\] l 2$/,/\] l$/p')
    assert_equal "$(grep -c '^    ' <<<"$lines")" 2
    assert_screen $'    main  locks `ann.lock`  :26\n    main  unlocks `ann.lock`  :28\n    main  locks `bob.lock`  :26'
    write_program prints.c <<'E'
#include <pthread.h>
#include <stdio.h>

static void *work(void *unused) {
    puts("done");
    return unused;
}
int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
E
    drive 'o\n1 !\no\n' prints.c
    assert_contains "$output" "The program has printed nothing."
    assert_screen $'] o\n    done'
}

@test "what cannot be done gets a sentence, and the question again" {
    drive '0\n7\n1t\n1s\nfoo\n1 0\n1 x\n2z\n-1\n99999999999999999999\nc\n\n?\n' 7
    assert_equal "$status" 0
    local sentence
    for sentence in "main cannot go on: it waits for T1 to end." "There is no thread T7." \
        "T1 is not in a wait that may time out now." "T1 does not wait for a condition." \
        '`foo` is no command; type the number of a thread, or ? for help.' '`1 0` is no command' \
        '`1 x` is no command' '`2z` is no command' '`-1` is no command' "There is no thread T1000000." \
        "There is no fault that could be passed over." "Type the number of a thread, or ? for help." \
        "2 !     thread 2 goes on until it must wait or has ended"; do
        assert_contains "$output" "$sentence"
    done
    assert_equal "$(grep -c '^which thread moves?' <<<"$output")" 14
    assert_equal "$(grep -c '^Lesson 7' <<<"$output")" 1
    drive '1 !\n1\n' 12
    assert_screen 'T1 cannot go on: it waits until somebody signals `queue.changed`.'
    drive '10 !\n10\n' 2
    assert_screen "T10 has ended."
}

@test "when the run is over no thread moves any more" {
    answer 07-lock-order reaches
    drive '1 2\n2 2\n1\n2\n1\n' 7
    assert_screen "The run is over: u undoes, r begins again."
}

@test "bytes that are no text, and a line without end, do no harm" {
    head -c 100000 /dev/zero | tr '\0' 1 >line
    run --separate-stderr bash -c "{ printf '\\1\\033[2J\\377\n'; cat line; } | '$interleave' drive 7"
    assert_equal "$status" 0
    if [[ $output == *$'\033'* ]]; then fail "an escape sequence went through"; fi
}

@test "the end of the input ends it with status 0, and so does q" {
    drive '' 7
    assert_equal "$status" 0
    drive 'q\n1\n' 7
    assert_equal "$status" 0
    assert_equal "$(grep -c '^which thread moves?' <<<"$output")" 1
}

# Programs of one's own

@test "any fault of a program of one's own ends the drive, and it is told which" {
    write_counter
    drive '1 2\n2 3\n' counter.c
    assert_equal "$status" 0
    assert_reached
    assert_contains "${output//$'\n'/ }" 'data-race: `count` is written by T2 at counter.c:6 with no lock held, and read by T1 at counter.c:6'
    drive '1 2\n2 !\n' counter.c
    assert_screen $'    T2    writes `count`  :6\n\n3 steps: T2 3.'
}

@test "after a fault that does not end the program one may go on" {
    write_counter
    sed -i 's/count++;/count++, count++;/; s/!= 2/!= 4/' counter.c
    drive '1 2\n2 3\nc\n' counter.c
    assert_screen '> 2 T2    reads `count`, which is 1  :6'
    drive '1 2\n2 3\nc\n2 !\n1 !\n' counter.c
    assert_contains "$output" $'It printed:\n    2'
    if [[ $output == *"cannot go on after"* ]]; then fail "it did"; fi
    drive '1 !\nc\n' 6
    assert_contains "$output" "The program cannot go on after this fault."
}

@test "a program that ends without a fault says so, and one that prints the wrong thing is told what is right" {
    write_program right.c <<<'#include <stdio.h>
int main(void) { puts("right"); return 0; }'
    drive '' right.c
    assert_equal "$status" 0
    assert_contains "$output" "has come to its end without the fault"
    echo wrong >expected
    drive '' right.c --expect expected
    assert_reached
    assert_contains "$output" 'wrong-output: it should print "wrong", but prints "right"'
}

@test "a program that cannot be driven is refused with the reason" {
    write_program broken.c <<<'int main(void) { return x; }'
    drive '' broken.c
    assert_refused "broken.c:1: " "undeclared identifier"
    write_program timer.c <<<'#include <time.h>
int main(void) { timer_t timer; return timer_create(CLOCK_MONOTONIC, 0, &timer); }'
    drive '' timer.c
    assert_refused "timer" "timer.c:2"
    drive '' nothing.c
    assert_refused "nothing.c: No such file or directory"
}

@test "a wrong use of drive is refused" {
    drive ''
    assert_refused "drive wants the number of a lesson"
    drive '' 99
    assert_refused "there is no lesson 99"
    drive '' 7 broken.c
    assert_refused "the number of a lesson, or the C files"
}

@test "a schedule of another version of the program, and a damaged one, are refused" {
    write_counter
    drive '1 2\ns\n' counter.c
    local word
    word=$(schedule)
    drive '' counter.c --schedule "${word/:/;}"
    assert_refused "the schedule is damaged"
    drive '' 7 --schedule ''
    assert_refused "the schedule is damaged"
    sed -i 's/count++/count += 1/' counter.c
    drive '' counter.c --schedule "$word"
    assert_refused "this schedule was made for another version of counter.c"
}

# What stops it

asks_on() { grep -q 'which thread moves' "$1"; }

# stopped_by SIGNAL STATUS: at the question.
stopped_by() {
    mkfifo typed
    "$interleave" drive 7 <typed >shown 2>&1 &
    local pid=$! got=0
    exec 7>typed
    wait_until asks_on shown
    kill -s "$1" "$pid"
    wait "$pid" || got=$?
    exec 7>&-
    assert_equal "$1: $got" "$1: $2"
    rm typed shown
    assert_no_children_left
    assert_equal "$(find "$BATS_TEST_TMPDIR/build" -name 'work-*')" ""
}

@test "a signal at the question ends it, and nothing is left behind" {
    stopped_by TERM 143
    stopped_by HUP 129
}

@test "Ctrl-C ends it, and the terminal is as it was" {
    cat >session <<E
stty >before
'$interleave' drive 7
echo "status \$?" >status
stty >after
E
    mkfifo typed
    TERM=dumb script -qfec 'bash session' shown <typed >/dev/null &
    local pid=$!
    exec 7>typed
    wait_until asks_on shown
    printf '1\n\003' >&7
    wait_until test -s after
    exec 7>&-
    wait "$pid" || true
    assert_equal "$(cat status)" "status 130"
    assert_equal "$(cat after)" "$(cat before)"
    assert_no_children_left
}

@test "a signal while the program runs ends it, and nothing is left behind" {
    write_program endless.c <<'E'
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static volatile unsigned long turns;
int main(void) {
    pthread_mutex_lock(&lock);
    for (;;)
        turns++;
}
E
    "$interleave" drive endless.c </dev/null >shown 2>&1 &
    local pid=$! got=0
    runs() { children | grep -q '/explore '; }
    wait_until runs
    kill -TERM "$pid"
    wait "$pid" || got=$?
    assert_equal "$got" 143
    assert_no_children_left
}

@test "a loop that never ends is ended and told" {
    write_program loop.c <<'E'
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static volatile int stop;
static void *spin(void *unused) {
    while (!stop)
        ;
    return unused;
}
static void *end(void *unused) {
    pthread_mutex_lock(&lock);
    stop = 1;
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, spin, NULL);
    pthread_create(&threads[1], NULL, end, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
E
    drive '1 !\n' loop.c
    assert_equal "$status" 0
    assert_no_children_left
}

# lesson.ini

# refused_challenge TEXT…: the lesson with these lines, given on standard input, as its [drive].
refused_challenge() {
    rm -rf lessons
    new_lesson 31-test
    { echo && echo "[drive]" && cat; } >>lessons/31-test/lesson.ini
    run --separate-stderr "$interleave" list --lessons lessons
    assert_refused "$@"
}

@test "a [drive] that makes no sense is refused with file and line" {
    refused_challenge lessons/31-test/lesson.ini:16: goal <<<'goal ='
    refused_challenge lessons/31-test/lesson.ini:16: colour none <<<'colour = red'
    refused_challenge lessons/31-test/lesson.ini:17: date-race <<<$'goal = Lose one.\nfault = date-race'
    refused_challenge lessons/31-test/lesson.ini:17: "the compiler sees it" <<<$'goal = Lose one.\nfault = thread-safety'
    refused_challenge lessons/31-test/lesson.ini:16: 'needs `goal` and `fault`' <<<'goal = Lose one.'
    refused_challenge lessons/31-test/lesson.ini:16: 'needs `goal` and `fault`' <<<'fault = data-race'
    refused_challenge lessons/31-test/lesson.ini:16: "leave one out" <<<$'none = No.\ngoal = Lose one.\nfault = data-race'
    refused_challenge lessons/31-test/lesson.ini:16: "a function" <<<$'goal = Lose one.\nfault = data-race\nin = subtract'
    rm -rf lessons
    new_lesson 31-test
    printf '\n[drive]\ngoal = Lose\n  one.\nfault = wrong-output\nin = add\n' >>lessons/31-test/lesson.ini
    run --separate-stderr "$interleave" list --lessons lessons
    assert_equal "$status" 0
    sed -i 's/^output.*/order = exact/' lessons/31-test/lesson.ini
    run --separate-stderr "$interleave" list --lessons lessons
    assert_refused 'add `output`'
}

@test "a fault that is not the goal does not reach it" {
    new_lesson 31-test
    printf '\n[drive]\ngoal = Lose\n  one.\nfault = deadlock\n' >>lessons/31-test/lesson.ini
    drive '1 2\n2 !\n1 !\n' 31 --lessons lessons
    assert_contains "$output" "Lesson 31: Lose one."
    refute_reached
    assert_contains "$output" "It has failed, but not in the way that was wanted."
    assert_contains "$output" 'wrong-output: it should print "2", but prints "1"'
}

@test "a fault counts only with a part in the function that the challenge names" {
    new_lesson 31-test
    printf '\n[drive]\ngoal = Race.\nfault = data-race\nin = main\n' >>lessons/31-test/lesson.ini
    drive '1 2\n2 !\n1 !\n' 31 --lessons lessons
    refute_reached
    sed -i 's/^in = main/in = add/' lessons/31-test/lesson.ini
    drive '1 2\n2 !\n1 !\n' 31 --lessons lessons
    assert_reached
}
