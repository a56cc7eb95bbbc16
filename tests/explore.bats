# The command explore: what it is given, what it says, and that nothing of it is left.

load helper

# The result depends on the order of a store and a load; RESULT is how main ends, given `seen`.
write_order() {
    write_program order.c <<'E2'
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef RESULT
#define RESULT return 0
#endif

static atomic_int x;
static int seen;

static void *store(void *unused) {
    x = 1;
    return unused;
}
static void *load(void *unused) {
    seen = x;
    return unused;
}

int main(void) {
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, store, NULL);
    pthread_create(&threads[1], NULL, load, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", seen);
    RESULT;
}
E2
}

# So many threads as the argument says.
write_many() {
    write_program many.c <<'E2'
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_t threads[8192];
static atomic_int x;

static void *add(void *unused) {
    x++;
    return unused;
}

int main(int count, char **words) {
    int wanted = count > 1 ? atoi(words[1]) : 0;
    for (int i = 0; i < wanted; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < wanted; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", x);
}
E2
}

# 40,000 operations and more.
write_long() {
    write_program long.c <<'E2'
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long count;

static void *add(void *unused) {
    for (int i = 0; i < 10000; i++) {
        pthread_mutex_lock(&lock);
        count++;
        pthread_mutex_unlock(&lock);
    }
    return unused;
}

int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%ld\n", count);
}
E2
}

explore() { run --separate-stderr "$interleave" explore --fresh --strategy bounded "$@"; }
explore_json() { explore --format json "$@"; }

exploration() { field ".programs[0].engines.explore.exploration.$1"; }

# Wrong use

@test "explore without a file, or with one that is not there, says what it wants" {
    explore
    assert_refused "explore wants the C files"
    explore missing.c
    assert_refused missing.c "No such file"
}

@test "options out of their range are refused by name, with what there is" {
    write_order
    local words
    while read -r words; do
        # shellcheck disable=SC2086  # two words
        explore $words order.c
        assert_equal "$words: $status" "$words: 2"
        assert_says "$words:"
        assert_equal "$output" ""
    done <<'E2'
--strategy best
--preemptions -1
--preemptions 16
--budget 0
--schedules 0
--seed x
--jobs 0
E2
}

@test "a program that does not compile is a compile-error with its line" {
    printf 'int main(void) {\n    return missing;\n}\n' >bad.c
    explore_json bad.c
    assert_equal "$status" 1
    assert_kinds compile-error
    assert_equal "$(field '.programs[0].faults[0].places[0].line')" 2
}

@test "a program without main is a compile-error" {
    printf 'int other(void) {\n    return 0;\n}\n' >nomain.c
    explore_json nomain.c
    assert_equal "$status" 1
    assert_kinds compile-error
    assert_contains "$(field '.programs[0].faults[0].message')" "no main function"
}

# What the program is given

@test "several files are one program, with its arguments and its input on every schedule" {
    write_program main.c <<'E2'
#include <pthread.h>
#include <stdio.h>

void *work(void *);
extern int total;

int main(int count, char **words) {
    char line[20] = "";
    pthread_t thread;
    if (!fgets(line, sizeof line, stdin))
        return 1;
    pthread_create(&thread, NULL, work, words[1]);
    pthread_join(thread, NULL);
    printf("%d %s %d\n", total, line, count);
}
E2
    write_program work.c <<'E2'
#include <stdlib.h>

int total;

void *work(void *word) {
    total = atoi(word);
    return NULL;
}
E2
    printf input >input
    echo "42 input 3" >expected
    explore_json --args "42 x" --stdin input --expect expected main.c work.c
    assert_equal "$status" 0
    assert_equal "$(exploration 'endings[].output')" "42 input 3"
    explore_json --args "43 x" --stdin input --expect expected main.c work.c
    assert_kinds wrong-output
}

# What is seen on some schedule only

# assert_on_some KIND: found, not on every schedule, with a schedule that shows it again.
assert_on_some() {
    assert_equal "$status" 1
    assert_kinds "$1"
    local seen='.programs[0].faults[0].exploration.seen_on'
    [[ $(field "$seen.schedules > 0 and $seen.schedules < $seen.of") == true ]] || fail "on every schedule"
    assert_equal "$(field '.programs[0].faults[0].exploration.replayed')" true
}

@test "an output that is wrong on one schedule only is found" {
    write_order
    echo 1 >expected
    explore_json --expect expected order.c
    assert_on_some wrong-output
    assert_contains "$(field '.programs[0].faults[0].message')" 'should print "1", but prints "0"'
}

@test "an exit status that is wrong on one schedule only is found" {
    write_order
    explore_json --cflags '-DRESULT=exit(3*!seen)' order.c
    assert_on_some wrong-exit
    assert_contains "$(field '.programs[0].faults[0].message')" "exit status 3"
}

@test "a program that aborts on one schedule only is found" {
    write_order
    explore_json --cflags '-DRESULT=if(!seen)abort()' order.c
    assert_on_some crash
    assert_contains "$(field '.programs[0].faults[0].message')" "signal 6"
}

@test "a program that touches memory that is not there on one schedule only is found" {
    write_order
    explore_json --cflags '-DRESULT=if(!seen)*(volatile/**/int*)8=1' order.c
    assert_on_some crash
    assert_contains "$(field '.programs[0].faults[0].message')" "signal 11"
}

@test "an assertion that fails on one schedule only is found, with what it says" {
    write_order
    explore_json --cflags '-include assert.h -DRESULT=assert(seen)' order.c
    assert_on_some crash
    assert_contains "$(field '.programs[0].faults[0].message')" "signal 6"
    assert_contains "$(field '.programs[0].faults[0].message')" "Assertion \`seen' failed"
}

@test "the sentence of a fault tells what each thread did, and with which locks" {
    write_program late.c <<'E2'
#include <pthread.h>
#include <stdlib.h>
static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER, inner = PTHREAD_MUTEX_INITIALIZER;
static void *run(void *cell) {
    pthread_mutex_lock(&outer);
    pthread_mutex_lock(&inner);
    *(int *)cell = 1;
#ifndef LEFT
    pthread_mutex_unlock(&inner);
#endif
    pthread_mutex_unlock(&outer);
    return NULL;
}
int main(void) {
    pthread_t thread;
    int *cell = malloc(sizeof *cell);
    pthread_create(&thread, NULL, run, cell);
#ifdef LATE
    pthread_join(thread, NULL);
    free(cell);
    *cell = 2;
#else
    *cell = 2;
    pthread_join(thread, NULL);
#endif
    return 0;
}
E2
    explore_json late.c
    assert_contains "$(field '.programs[0].faults[].message')" \
        "\`*(int *)cell\` is written by T1 at late.c:7 holding \`outer\` and \`inner\`, and written by main at late.c:23 with no lock held; nothing orders the two."
    explore_json --cflags '-DLATE' late.c
    assert_contains "$(field '.programs[0].faults[].message')" \
        "\`*cell\` is written by main at late.c:21 after it was freed by main at late.c:20."
    explore_json --cflags '-DLATE -DLEFT' late.c
    assert_contains "$(field '.programs[0].faults[].message')" "T1 locks \`inner\` at late.c:6, and ends without unlocking it."
}

@test "a program that is right on every schedule is clean, and that is called exhaustive" {
    write_order
    explore_json order.c
    assert_equal "$status" 0
    assert_verdict clean
    assert_equal "$(exploration exhaustive)" true
    assert_equal "$(exploration 'endings | map(.output) | sort | join("")')" "0
1"
}

# Its limits

@test "a program of 1,100 threads is explored" {
    write_many
    explore_json --strategy random --budget 2 --args 1100 many.c
    assert_equal "$status" 0
    assert_equal "$(exploration threads)" 1101
    assert_equal "$(exploration 'endings[].output')" 1100
}

@test "a program of 5,000 threads is unavailable, and the sentence names the line" {
    write_many
    explore_json --strategy random --budget 2 --args 5000 many.c
    assert_equal "$status" 2
    assert_outcome explore unavailable
    assert_reason explore "more than 4095 threads, at many.c:17"
}

@test "a program of 40,000 operations is explored, and never called exhaustive" {
    write_long
    explore_json --budget 2 long.c
    assert_equal "$status" 0
    assert_equal "$(exploration 'longest > 40000')" true
    assert_equal "$(exploration exhaustive)" false
    assert_equal "$(exploration 'endings[].output')" 20000
}

@test "a program that never ends on any schedule is not clean" {
    write_program endless.c <<'E2'
#include <pthread.h>
#include <stdatomic.h>

static atomic_long x;

static void *add(void *unused) {
    for (;;)
        x++;
    return unused;
}

int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, add, NULL);
    pthread_join(thread, NULL);
}
E2
    explore_json --budget 1 --preemptions 0 endless.c
    assert_equal "$status" 2
    assert_reason explore "no schedule came to its end"
}

@test "a loop that looks many times is no hang, and one that looks for ever is" {
    write_program looks.c <<'E2'
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

static atomic_int flag;
static long sum;

static void *look(void *unused) {
#ifdef FOR_EVER
    while (!flag)
        ;
#endif
    for (int i = 0; i < 20000; i++)
        sum += flag;
    time_t start = time(NULL);
    while (time(NULL) < start + 60)
        ;
    return unused;
}

int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, look, NULL);
    pthread_join(thread, NULL);
}
E2
    explore_json --preemptions 0 looks.c
    assert_verdict clean
    explore_json --preemptions 0 --cflags -DFOR_EVER looks.c
    assert_kinds timeout
}

# What is left

child_runs() { [[ $(children) == */build/explore* ]]; }

# stopped_by SIGNAL: while it explores.
stopped_by() {
    write_long
    "$interleave" explore --fresh --strategy random --budget 600 long.c >report 2>complaints 3>&- &
    local harness=$!
    wait_until child_runs
    kill "-$1" "$harness"
    status=0
    wait "$harness" || status=$?
    assert_equal "$(cat report)" ""
    wait_until no_children_left
}

@test "Ctrl-C ends every process of an exploration, and reports nothing" {
    now_and_then
    stopped_by INT
    assert_equal "$status" 130
}

@test "SIGTERM ends every process of an exploration" {
    now_and_then
    stopped_by TERM
    assert_equal "$status" 143
}

@test "no process of an exploration survives a harness that is killed" {
    now_and_then
    stopped_by KILL
    assert_equal "$status" 137
}

# How it is told

@test "JSON of an exploration follows the schema: clean, faulty, and unavailable" {
    local schema=$project/docs/verdict.schema.json cflags
    write_order
    write_many
    for cflags in '-DRESULT=exit(0)' '-DRESULT=exit(3*!seen)'; do
        explore_json --cflags "$cflags" order.c
        jq . <<<"$output" >"report$cflags"
    done
    explore_json --args 5000 many.c
    jq . <<<"$output" >report-unavailable
    run python3 - "$schema" report-* <<'E2'
import json, sys
from jsonschema import Draft202012Validator
schema, *reports = (json.load(open(name)) for name in sys.argv[1:])
for report in reports:
    for error in Draft202012Validator(schema).iter_errors(report):
        print("/".join(map(str, error.absolute_path)) + ": " + error.message)
E2
    assert_output ""
}

@test "TAP tells the kind and what happened" {
    write_order
    explore --format tap --cflags '-DRESULT=exit(3*!seen)' order.c
    assert_equal "$(sed -n 1,3p <<<"$output")" "TAP version 13
1..1
not ok 1 - order.c"
    assert_contains "$output" "# wrong-exit: "
    explore --format tap order.c
    assert_contains "$output" "ok 1 - order.c"
}

@test "nothing is wider than a terminal of 40 or 80 columns, but the command to be copied" {
    local columns
    write_order
    for columns in 40 80; do
        run script -qec "stty cols $columns; '$interleave' explore --fresh --strategy bounded \
            --cflags '-DRESULT=exit(3*!seen)' order.c 2>progress" /dev/null
        printed=$(tr -d '\r' <<<"$output" | sed 's/\x1b\[[0-9;?]*[A-Za-z]//g' | grep -v " replay ")
        assert_contains "$printed" "joins T1"
        assert_equal "$(awk -v most="$columns" 'length($0) > most' <<<"$printed")" ""
    done
}

@test "the terminal says what was covered, and never more" {
    write_order
    write_long
    explore order.c
    assert_contains "$output" "all schedules; "
    explore --preemptions 1 --budget 1 --schedules 3 long.c
    assert_contains "$output" "(not exhaustive)"
}

@test "a race on a variable of the stack: its accesses stand in the trace" {
    write_program shared.c <<'E'
#include <pthread.h>

static void *add(void *sum) {
    *(int *)sum += 1;
    return sum;
}

int main(void) {
    pthread_t thread;
    int sum = 0;
    pthread_create(&thread, NULL, add, &sum);
    sum += 2;
    pthread_join(thread, NULL);
    return sum == 7;
}
E
    run "$interleave" explore --format json shared.c
    assert_equal "$(field '[.programs[0].faults[0].exploration.trace[] | select(.object_kind == "memory" and .line > 9) | "\(.thread) \(.does) \(.line)"] | join(", ")')" "main writes 10, main reads 12, main writes 12"
    assert_equal "$(field '[.programs[0].faults[0].exploration.trace[] | select(.fault) | "\(.thread) \(.line)"] | join(", ")')" "main 12, T1 4"
}

@test "each thread of a circle is seen to wait, also one that was left before it had to" {
    write_program circle.c <<'E'
#include <pthread.h>

static pthread_mutex_t forks[3] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static int numbers[3] = {0, 1, 2};

static void *eat(void *number) {
    int left = *(int *)number, right = (left + 1) % 3;
    pthread_mutex_lock(&forks[left]);
    pthread_mutex_lock(&forks[right]);
    pthread_mutex_unlock(&forks[right]);
    pthread_mutex_unlock(&forks[left]);
    return number;
}

int main(void) {
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, eat, &numbers[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
}
E
    run "$interleave" explore --format json circle.c
    assert_equal "$(field '[.programs[0].faults[0].exploration.trace[] | select(.note == "must wait" and .line == 9) | .thread] | sort | join(" ")')" "T1 T2 T3"
}

@test "two locks that one line takes have two names" {
    write_program forks.c <<'E'
#include <pthread.h>
#include <stdlib.h>

struct fork {
    pthread_mutex_t lock;
};
static struct fork *forks[3];
static int numbers[3] = {0, 1, 2};

static void *eat(void *number) {
    struct fork *left = forks[*(int *)number], *right = forks[(*(int *)number + 1) % 3];
    pthread_mutex_lock(&left->lock);
    pthread_mutex_lock(&right->lock);
    pthread_mutex_unlock(&right->lock);
    pthread_mutex_unlock(&left->lock);
    return number;
}

int main(void) {
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) {
        forks[i] = malloc(sizeof *forks[i]);
        pthread_mutex_init(&forks[i]->lock, NULL);
    }
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, eat, &numbers[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
}
E
    run "$interleave" explore --format json forks.c
    assert_equal "$(field '[.programs[0].faults[] | select(.kind == "deadlock")][0].places | map(.action) | unique | length')" 3
}
