# A schedule that failed fails again, always; one that is damaged or not the program's is refused.

load helper

write_lost_update() {
    write_program lost.c <<'E2'
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_int x;

static void *add(void *unused) {
    int old = x;
    x = old + 1;
    return unused;
}

int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert(x == 2);
}
E2
}

# Also by time, and by a wake-up without a cause.
write_early_wake_up() {
    write_program early.c <<'E2'
#include <assert.h>
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int set;

static void *put(void *unused) {
    usleep(1000);
    pthread_mutex_lock(&lock);
    set = 1;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, put, NULL);
    pthread_mutex_lock(&lock);
    if (!set)
        pthread_cond_wait(&changed, &lock);
    assert(set);
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
}
E2
}

# explored FILE STRATEGY: $word is the schedule that shows its fault; the build is kept.
explored() {
    run --separate-stderr "$interleave" explore --fresh --strategy "$2" --jobs 1 --keep kept --format json "$1"
    word=$(field '.programs[0].faults[0].exploration.schedule')
}

# replayed WORD TIMES [COMMAND...]: within one process, run by the command; its summary is in $output.
replayed() {
    sed "s,^report .*,report $PWD/report,; s,^strategy .*,strategy replay," kept/*/explore/run-1/settings >settings
    printf 'schedule %s\nrepeat %d\n' "$1" "$2" >>settings
    env INTERLEAVE_EXPLORE=settings "${@:3}" "$(echo kept/*/build/explore)" </dev/null
    output=$(jq -c 'select(.summary).summary' report)
}

assert_always_same() { # TIMES
    assert_equal "$(field .repeated) $(field .same)" "$1 $1"
    assert_equal "$(jq -r 'select(.finding).finding.fault' report)" crash
}

# with_checksum TEXT: the word.
with_checksum() {
    local sum=0 i bit
    for ((i = 0; i < ${#1}; i++)); do
        printf -v byte %d "'${1:i:1}"
        ((sum ^= byte, 1)) || true
        for ((bit = 0; bit < 8; bit++)); do
            ((sum = ((sum << 1) ^ (sum & 128 ? 263 : 0)) & 255, 1))
        done
    done
    printf '%s:%02x' "$1" "$sum"
}

replay() { run --separate-stderr "$interleave" replay --format json "$@"; }

assert_not_replayed() { # TEXT: could not be judged, for one reason
    assert_equal "$status" 2
    assert_reason explore "$1"
}

@test "a schedule that failed fails again a thousand times of a thousand" {
    write_lost_update
    explored lost.c bounded
    replayed "$word" 1000
    assert_always_same 1000
}

@test "a schedule with a time-out and a wake-up without a cause fails again a thousand times" {
    write_early_wake_up
    explored early.c bounded
    assert_contains "$word" s
    replayed "$word" 1000
    assert_always_same 1000
}

@test "a schedule fails again under load" {
    local loads=() i
    write_lost_update
    explored lost.c random
    for ((i = 0; i < 2 * $(nproc); i++)); do
        timeout 60 sh -c 'while :; do :; done' 3>&- &
        loads+=($!)
    done
    replayed "$word" 300
    kill "${loads[@]}"
    assert_always_same 300
}

@test "a schedule fails again on every processor" {
    local processor
    write_early_wake_up
    explored early.c random
    for processor in $(seq 0 $(($(nproc) - 1))); do
        taskset -c "$processor" true || continue
        replayed "$word" 100 taskset -c "$processor"
        assert_always_same 100
    done
}

@test "replay shows the fault, its line and the trace, and exits 1" {
    write_lost_update
    explored lost.c bounded
    replay lost.c "$word"
    assert_equal "$status" 1
    assert_kinds crash
    assert_equal "$(field '.programs[0].faults[0].exploration.replayed')" true
    assert_equal "$(field '[.programs[0].faults[0].exploration.trace[] | select(.does == "loads atomically" and .thread != "main")] | length')" 2
    assert_equal "$(field '.programs[0].faults[0].exploration.schedule')" "$word"
}

@test "the schedule that is shown has as few preemptions as there can be" {
    local file strategy
    write_lost_update
    write_early_wake_up
    for file in lost.c early.c; do
        explored "$file" bounded
        fewest=$(field '.programs[0].faults[0].exploration.preemptions')
        assert_equal "$fewest" 1
        rm -r kept
        for strategy in random surw pos pct; do
            explored "$file" "$strategy"
            assert_equal "$(field '.programs[0].faults[0].exploration.preemptions')" "$fewest"
            rm -r kept
        done
    done
}

@test "a word with any one character changed is refused in one sentence" {
    local i changed
    write_lost_update
    explored lost.c bounded
    for ((i = 0; i < ${#word}; i++)); do
        changed=${word:0:i}$(tr '0-9a-f:.>,' '1-9a-f0.>,:' <<<"${word:i:1}")${word:i+1}
        replayed "$changed" 1
        assert_equal "$changed: $(jq -r 'select(.failed).failed' report | cut -d ';' -f 1)" \
            "$changed: the schedule is damaged"
    done
    replay lost.c "${word/>/<}"
    assert_not_replayed "the schedule is damaged; copy the whole word"
}

@test "a word of another build is refused" {
    write_lost_update
    explored lost.c bounded
    sed -i 's/old + 1/old + 2/; s/x == 2/x == 4/' lost.c
    replay lost.c "$word"
    assert_not_replayed "this schedule was made for another version of lost.c"
}

@test "a word that is empty, is no schedule or is far too long is refused" {
    write_lost_update
    replay lost.c ""
    assert_not_replayed "the schedule is damaged"
    replay lost.c "12345678"
    assert_not_replayed "the schedule is damaged"
    replay lost.c "$(printf '1.%.0s' {1..50000})"
    assert_not_replayed "the schedule is damaged"
    explored lost.c bounded
    replayed "$(head -c 1000000 /dev/zero | tr '\0' 1)" 1
    assert_contains "$(jq -r 'select(.failed).failed' report)" "the schedule is damaged"
}

@test "choices that the program does not offer are passed over: no fault, and no crash" {
    local build choices
    write_lost_update
    explored lost.c bounded
    build=${word%%:*}
    for choices in "" 1.2\>4000 4000.1\>1 1.4294967295\>2 1.2\>2t 1.2\>2s 0.0\>0 "$(printf '1.%d>2,' {1..20})1.1>1"; do
        replayed "$(with_checksum "$build:$choices")" 1
        assert_equal "$choices: $(jq -r 'select(.replay).replay' report)" "$choices: true"
    done
    replay lost.c "$(with_checksum "$build:1.2>4000")"
    assert_equal "$status" 0
    assert_equal "$(field '.programs[0].engines.explore.exploration.covered')" "this schedule shows no fault"
    for choices in 1.2\>2x 1.99999999999\>2 1.2\>99999 @ 1.2 @zz; do
        replayed "$(with_checksum "$build:$choices")" 1
        assert_contains "$choices: $(jq -r 'select(.failed).failed' report)" "the schedule is damaged"
    done
}

@test "replay without a schedule, or without a file, says what it wants" {
    write_lost_update
    replay lost.c
    assert_refused "replay wants the C files"
    replay 12345678:1.2\>2:00
    assert_refused "replay wants the C files"
    replay missing.c 12345678:1.2\>2:00
    assert_refused missing.c
}
