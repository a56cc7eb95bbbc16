# The trace of a schedule: what its steps say of each other, and how it is shown in a terminal.

load helper

# explored FILE [ARGUMENT...]: what the explorer finds there, as JSON in $output.
explored() { run --separate-stderr "$interleave" explore --format json --jobs 1 "$@"; }

shown() { run --separate-stderr "$interleave" trace --jobs 1 "$@"; }

# one_schedule FILE: only the one without preemptions, so that its course is known.
one_schedule() { explored "$1" --strategy bounded --preemptions 0; }

# steps JQ: of the trace of the first fault, an array for JQ.
steps() { field ".programs[0].faults[0].exploration.trace | $1 | tojson"; }

tried() { field ".programs[0].engines.explore.exploration.tried | $1 | tojson"; }

# at THREAD DOES OBJECT: the index of that step, of which there is one besides those that only wait.
at() {
    local found
    found=$(jq -c --arg thread "$1" --arg does "$2" --arg object "$3" '.programs[0].faults[0].exploration.trace
        | to_entries | map(select(.value.thread == $thread and .value.does == $does and (.value.object // "") == $object
            and (.value.blocks | not)) | .key)' <<<"$output")
    [[ $found =~ ^\[[0-9]+\]$ ]] || found="not one step: $1 $2 $3: $found"
    tr -d '[]' <<<"$found"
}

# assert_edge THREAD DOES OBJECT THREAD DOES OBJECT: the only edge that ends at the second begins at the first.
assert_edge() {
    local to
    to=$(at "$4" "$5" "$6")
    assert_equal "$* $(steps ".[$to].after")" "$* [$(at "$1" "$2" "$3")]"
}

# precedes A B: whether step A happens before step B, by edges and by the order within threads.
precedes() {
    steps ". as \$all
        | {done: {}, left: [$2]}
        | until(.left == []; .left[0] as \$at | .left |= .[1:]
            | if .done[\$at | tostring] then .
              else .done[\$at | tostring] = true
                | .left += (\$all[\$at].after // [])
                | .left += [range(0; \$at) | select(\$all[.].thread == \$all[\$at].thread)][-1:]
              end)
        | .done[\"$1\"] // false"
}

# assert_widths COLUMNS: no line of $output has more.
assert_widths() {
    run python3 -c '
import sys, unicodedata
most = int(sys.argv[1])
def width(line): return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
print("\n".join(line for line in sys.stdin.read().split("\n") if width(line) > most), end="")' "$1" <<<"$output"
    assert_output ""
}

# write_hand_off DECLARATIONS GIVER TAKER [MAIN]: the first thread hands over to the second, or does not; then
# both write to `loot`, so that there is a fault to be traced.
write_hand_off() {
    write_program pass.c <<E
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
static int loot;
$1
static void *giver(void *unused) {
    $2
    loot = 1;
    return unused;
}
static void *taker(void *unused) {
    $3
    loot = 2;
    return unused;
}
int main(void) {
    pthread_t threads[2];
    $4
    pthread_create(&threads[0], NULL, giver, NULL);
    pthread_create(&threads[1], NULL, taker, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
E
}

lock='static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;'
pair='pthread_mutex_lock(&lock); pthread_mutex_unlock(&lock);'

write_deadlock() {
    write_program deadlock.c <<'E'
#include <pthread.h>
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static void *one(void *unused) {
    pthread_mutex_lock(&left);
    pthread_mutex_lock(&right);
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    return unused;
}
static void *other(void *unused) {
    pthread_mutex_lock(&right);
    pthread_mutex_lock(&left);
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, one, NULL);
    pthread_create(&threads[1], NULL, other, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
E
}

# write_crowd COUNT: so many threads, of which two race.
write_crowd() {
    write_program crowd.c <<E
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int counted, forgotten;
static void *count(void *number) {
    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&lock);
        counted++;
        pthread_mutex_unlock(&lock);
    }
    if ((long)number == 7 || (long)number == 15)
        forgotten++;
    return NULL;
}
int main(void) {
    pthread_t threads[$1];
    for (long i = 0; i < $1; i++)
        pthread_create(&threads[i], NULL, count, (void *)i);
    for (int i = 0; i < $1; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
E
}

# write_long ROUNDS: some six steps each, and then a race.
write_long() {
    write_program long.c <<E
#include <pthread.h>
#include <semaphore.h>
static sem_t turns[2];
static int other;
static void *go(void *number) {
    for (int i = 0; i < $1; i++) {
        sem_wait(&turns[(long)number]);
        sem_post(&turns[!(long)number]);
    }
    other++;
    return NULL;
}
int main(void) {
    pthread_t threads[2];
    sem_init(&turns[0], 0, 1);
    sem_init(&turns[1], 0, 0);
    for (long i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, go, (void *)i);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
E
}

# What a step says of others

@test "a lock comes after the unlock of another thread, and a start after its creation" {
    write_hand_off "$lock" "$pair" "$pair"
    one_schedule pass.c
    assert_kinds data-race
    assert_edge T1 unlocks lock T2 locks lock
    assert_edge main creates T1 T1 starts ""
    assert_edge main creates T2 T2 starts ""
}

@test "nothing joins the two accesses of a race, and both are marked" {
    write_hand_off "$lock" "loot = 3; $pair" "$pair"
    one_schedule pass.c
    assert_equal "$(steps 'map(select(.fault) | [.thread, .does, .object, .line])')" \
        '[["T1","writes","loot",8],["T2","writes","loot",13]]'
    local first second
    first=$(steps '[.[] | .fault // false] | index(true)')
    second=$(steps '[.[] | .fault // false] | rindex(true)')
    assert_equal "$(precedes "$first" "$second")" false
    assert_equal "$(precedes "$(at T1 unlocks lock)" "$second")" true
    assert_equal "$(precedes "$(at main creates T1)" "$second")" true
}

@test "each race of an exercise has both accesses in its trace, by the threads that its sentence names" {
    local number
    for number in 1 9; do # on the stack of main, and found in several places
        shown "$number" --lessons "$project/lessons" --format json
        assert_equal "$(field '[.programs[0].faults[] | select(.kind == "data-race")] | length > 0')" true
        assert_equal "$(field '[.programs[0].faults[] | select(.kind == "data-race")
            | ([.exploration.trace[] | select(.fault) | .thread] | sort | join(" ")), ([.places[].thread] | sort | join(" "))]
            | [_nwise(2)] | map(select(.[0] != .[1])) | tojson')" "[]"
    done
}

@test "a join comes after the end of the thread" {
    write_program join.c <<'E'
#include <pthread.h>
static void *nothing(void *unused) { return unused; }
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, nothing, NULL);
    pthread_join(thread, NULL);
    return 3;
}
E
    explored join.c
    assert_kinds wrong-exit
    assert_edge T1 ends T1 main joins T1
}

@test "a wait for a semaphore comes after its post" {
    write_hand_off 'static sem_t ready;' 'sem_post(&ready);' 'sem_wait(&ready); ' 'sem_init(&ready, 0, 0);'
    sed -i 's/    loot = 1;/& sem_post(\&ready);/; s/    sem_post(&ready);$//' pass.c
    sed -i 's/loot = 1; sem_post(&ready);/sem_post(\&ready); loot = 1;/' pass.c
    one_schedule pass.c
    assert_edge T1 posts ready T2 "waits for" ready
}

@test "an acquire comes after the release that it reads from, a relaxed load after nothing" {
    local order
    for order in acquire relaxed; do
        write_hand_off 'static atomic_int flag;' 'atomic_store_explicit(&flag, 1, memory_order_release);' \
            "atomic_load_explicit(&flag, memory_order_$order);"
        one_schedule pass.c
        if [[ $order == acquire ]]; then
            assert_edge T1 "stores atomically" flag T2 "loads atomically" flag
        else
            assert_equal "$(steps ".[$(at T2 "loads atomically" flag)].after")" null
        fi
    done
}

@test "a fence comes after the release that a relaxed load before it has read from" {
    write_hand_off 'static atomic_int flag;' 'atomic_store_explicit(&flag, 1, memory_order_release);' \
        'atomic_load_explicit(&flag, memory_order_relaxed); atomic_thread_fence(memory_order_acquire);'
    one_schedule pass.c
    assert_edge T1 "stores atomically" flag T2 fences ""
}

@test "who passes a barrier comes after each that arrived, and the last one to arrive wakes the others" {
    write_hand_off 'static pthread_barrier_t gate;' 'pthread_barrier_wait(&gate);' \
        'pthread_barrier_wait(&gate);' 'pthread_barrier_init(&gate, NULL, 2);'
    one_schedule pass.c
    assert_edge T1 "arrives at" gate T2 "arrives at" gate
    # T2 writes first; T1, which passes later, is let go on by it.
    assert_equal "$(steps ".[$(at T2 "arrives at" gate)].wakes")" '["T1"]'
    assert_equal "$(steps 'map(select(.blocks and .thread == "T1") | .does)')" '["waits at"]'
    explored pass.c --strategy bounded --preemptions 0 --schedules 1 --samples 1
    assert_equal "$(tried '.[0].trace | . as $all | map(select(.does == "passes") | .after[] | $all[.] | [.thread, .does])')" \
        '[["T2","arrives at"]]'
}

@test "a signal wakes who waits, and the unlock after it lets it go on" {
    write_hand_off "$lock static pthread_cond_t changed = PTHREAD_COND_INITIALIZER; static int set;" \
        'pthread_mutex_lock(&lock); while (!set) pthread_cond_wait(&changed, &lock); pthread_mutex_unlock(&lock);' \
        'pthread_mutex_lock(&lock); set = 1; pthread_cond_signal(&changed); pthread_mutex_unlock(&lock);'
    explored pass.c --strategy bounded --preemptions 0 --schedules 1 --samples 1
    local trace
    trace=$(tried '.[0].trace')
    assert_equal "$(jq -c 'map(select(.wakes and .thread == "T2") | [.does, .wakes])' <<<"$trace")" \
        '[["signals",["T1"]],["unlocks",["T1"]]]'
    assert_equal "$(jq -c '. as $all | map(select(.does == "wakes up and locks") | .after[] | $all[.] | [.thread, .does])' <<<"$trace")" \
        '[["T2","unlocks"]]'
    assert_equal "$(jq -c 'map(select(.blocks and .thread == "T1") | [.does, .object])' <<<"$trace")" \
        '[["waits for","changed"]]'
}

@test "of many that wait for a lock, an unlock wakes only the one that gets it" {
    write_program queue.c <<'E'
#include <pthread.h>
#include <sched.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *take(void *unused) {
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void) {
    pthread_t threads[3];
    pthread_mutex_lock(&lock);
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, take, NULL);
    for (int i = 0; i < 4; i++)
        sched_yield();
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 3;
}
E
    one_schedule queue.c
    assert_kinds wrong-exit
    assert_equal "$(steps 'map(select(.blocks and .does == "locks")) | length')" 3
    assert_equal "$(steps '[.[] | select(.wakes and .does == "unlocks") | .wakes[]] | sort')" '["T1","T2","T3"]'
}

@test "an edge that follows from others is left out" {
    write_program chain.c <<E
#include <pthread.h>
$lock
static void *take(void *unused) {
    $pair
    return unused;
}
int main(void) {
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, take, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 3;
}
E
    one_schedule chain.c
    assert_edge T1 unlocks lock T2 locks lock
    assert_edge T2 unlocks lock T3 locks lock # by which T3 learns of T1 too
}

@test "the steps at which the threads of a deadlock block are marked, and so are preemptions" {
    write_deadlock
    explored deadlock.c --strategy bounded --preemptions 1
    assert_kinds deadlock
    assert_equal "$(steps 'map(select(.fault) | [.thread, .object, .blocks]) | sort')" \
        '[["T1","right",true],["T2","left",true]]'
    assert_equal "$(field '.programs[0].faults[0].exploration.preemptions')" 1
    assert_equal "$(steps 'map(select(.choice)) | length')" 1
    assert_equal "$(steps 'map(select(.choice) | .preempts != null and .preempts != .thread)')" '[true]'
}

@test "every thread that waits for ever is marked where it waits" {
    write_program stuck.c <<'E'
#include <pthread.h>
#include <semaphore.h>
static sem_t never;
static void *wait(void *unused) {
    sem_wait(&never);
    return unused;
}
int main(void) {
    pthread_t thread;
    sem_init(&never, 0, 0);
    pthread_create(&thread, NULL, wait, NULL);
    pthread_join(thread, NULL);
    return 0;
}
E
    explored stuck.c
    assert_kinds stuck-wait
    assert_equal "$(steps 'map(select(.fault) | [.thread, .does, .object, .blocks]) | sort')" \
        '[["T1","waits for","never",true],["main","joins","T1",true]]'
}

@test "a call that blocks inside a task is the last step of its trace, and marked" {
    explored "$project"/lessons/16-spawn-blocking/broken.c "$project"/lessons/lib/{async,blocking,pool}.c
    assert_equal "$(field '.programs[0].faults[0].kind')" blocking-in-async
    assert_equal "$(steps '.[-1] | [.fault, .line]')" "[true,$(field '.programs[0].faults[0].places[0].line')]"
}

@test "memory that has raced is called by its own name, not by its neighbour's" {
    write_program pair.c <<'E'
#include <pthread.h>
static struct { int first, second; } pair __attribute__((aligned(8)));
static void *add(void *unused) {
    pair.second++;
    return unused;
}
int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
E
    explored pair.c --samples 24
    assert_equal "$(tried '[.[].trace[] | select(.object_kind == "memory") | .object] | unique')" '["pair.second"]'
    # It is a choice in later schedules.
    assert_equal "$(tried '[.[].trace[] | select(.object_kind == "memory" and .choice)] | length > 0')" true
}

@test "a trace without room for its beginning says how much is missing" {
    write_long 8000
    explored long.c --strategy bounded --preemptions 0 --schedules 1
    assert_kinds data-race
    assert_equal "$(steps '.[0].step - .[0].omitted')" 1
    assert_equal "$(steps 'map(select(.omitted)) | length')" 1
    shown long.c --strategy bounded --preemptions 0 --schedules 1
    assert_line --regexp '^  … [0-9]+ before these, for which the trace had no room$'
}

# Samples

@test "--samples shows some of the schedules that were tried, failing and passing ones, and each fails again" {
    local all ended schedule
    write_deadlock
    explored deadlock.c --samples 24
    assert_equal "$(tried length)" 24
    assert_equal "$(tried '[.[].ended] | unique')" '["clean","deadlock"]'
    all=$(field '.programs[0].engines.explore.exploration.tried[0, 5, 11, 17, 23] | "\(.ended) \(.schedule)"')
    while read -r ended schedule; do
        run --separate-stderr "$interleave" replay --format json deadlock.c "$schedule"
        assert_equal "$schedule $(field '.programs[0].faults[0].kind // "clean"')" "$schedule $ended"
    done <<<"$all"
}

@test "--samples 3 shows three, and without it none are shown" {
    write_deadlock
    explored deadlock.c --samples 3
    assert_equal "$(tried length)" 3
    explored deadlock.c
    assert_equal "$(field '.programs[0].engines.explore.exploration | has("tried")')" false
    explored deadlock.c --samples 25
    assert_equal "$status" 2
    assert_says "--samples 25: wants a number from 0 to 24"
}

@test "samples of long schedules are fewer, so that all have some 40,000 operations together" {
    write_long 1000
    explored long.c --samples 24 --strategy random --schedules 40
    assert_equal "$(tried '[.[].trace[-1].step] | length > 1 and add <= 40000')" true
}

@test "JSON with edges, wakes, preemptions and samples follows the schema" {
    write_deadlock
    explored deadlock.c --samples 24
    run python3 - "$project/docs/verdict.schema.json" <(echo "$output") <<'E'
import json, sys
from jsonschema import Draft202012Validator
schema, report = (json.load(open(name)) for name in sys.argv[1:])
for error in Draft202012Validator(schema).iter_errors(report):
    print("/".join(map(str, error.absolute_path)) + ": " + error.message)
E
    assert_output ""
}

# The page

@test "one column per thread, the fault's steps, who waits, who is preempted, and the commands" {
    write_deadlock
    shown deadlock.c --strategy bounded --preemptions 1
    assert_equal "$status" 1
    assert_line --regexp '^  main +T1 +T2$'
    assert_line --regexp '^> +: +(\| +)?is preempted( +\|)?$'
    assert_line --regexp '^! +: +locks `right`: must'
    assert_line --regexp '^! +: +: +locks `left`: must|^! +: +locks `right`: must wait +:'
    assert_line deadlock
    assert_line --partial "none of them can"
    assert_line --regexp "^  .*interleave replay deadlock.c '[0-9a-f]{8}:[0-9.,>]+:[0-9a-f]{2}'$"
    assert_line --regexp "^  .*interleave picture deadlock.c$"
    run bash -c "$(grep ' replay ' <<<"$output")"
    assert_equal "$status" 1
    assert_line --partial "deadlock at deadlock.c"
}

@test "the page says which fault of how many it shows, and --fault shows another" {
    write_program two.c <<'E'
#include <pthread.h>
static int one, two;
static void *add(void *unused) {
    one++;
    two++;
    return unused;
}
int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
E
    shown two.c
    assert_line --partial "This is fault 1 of"
    local first=$output
    shown two.c --fault 2
    assert_equal "$status" 1
    assert_line --partial "This is fault 2 of"
    assert_not_equal "$first" "$output"
    shown two.c --fault 99
    assert_refused "--fault 99: there are"
}

@test "a program without a fault: it says so, and what was covered" {
    write_program fine.c <<<'int main(void) { return 0; }'
    shown fine.c
    assert_equal "$status" 0
    assert_line "no fault"
    assert_line --partial "all schedules; "
}

@test "--schedule shows that schedule, whatever comes of it, and one of another version is refused" {
    local word
    write_deadlock
    explored deadlock.c --samples 24
    word=$(field '[.programs[0].engines.explore.exploration.tried[] | select(.ended == "clean")][0].schedule')
    shown deadlock.c --schedule "$word"
    assert_equal "$status" 0
    assert_line "no fault"
    assert_line --partial "this schedule shows no fault"
    assert_line --partial "locks \`left\`"
    assert_line --partial "'$word'"
    shown deadlock.c --schedule "${word/:/;}"
    assert_refused "the schedule is damaged"
    echo "// changed" >>deadlock.c
    shown deadlock.c --schedule "$word"
    assert_refused "this schedule was made for another version of deadlock.c"
}

@test "trace N shows the exercise, with its targets; trace N FILE.c another file, without" {
    new_exercise 01-votes
    shown 1 --lessons lessons
    assert_equal "$status" 1
    assert_line "Exercise 1: lessons/01-votes/exercise.c"
    assert_line --regexp "^  make replay-1 SCHEDULE='.*'$"
    assert_line "  make picture-1"
    assert_line --regexp '^!.* writes `tally.votes`'
    shown 1 solutions/01-votes/exercise.c --lessons lessons
    assert_equal "$status" 0
    assert_line "Exercise 1: solutions/01-votes/exercise.c"
    assert_line "no fault"
    cp lessons/01-votes/exercise.c mine.c
    shown 1 mine.c --lessons lessons
    assert_line --regexp '^!.* writes `tally.votes`'
    assert_line --regexp "^  .*interleave exercise 1 mine.c --schedule '.*'$"
    assert_line --regexp "^  .*interleave picture 1 mine.c$"
    refute_output --partial "make "
}

@test "what cannot be shown is refused in a sentence" {
    shown
    assert_refused "trace wants the number of an exercise, or the C files"
    shown 99 --lessons "$project/lessons"
    assert_refused "there is no lesson 99"
    shown missing.c
    assert_refused missing.c
    write_program fork.c <<<$'#include <unistd.h>\nint main(void) { return fork() == 0; }'
    shown fork.c
    assert_refused fork
    write_program syntax.c <<<'int main(void) { return 0 }'
    shown syntax.c
    assert_equal "$status" 1
    assert_line --partial "compile-error at syntax.c:1"
    write_deadlock
    shown deadlock.c --width 19
    assert_equal "$status" 2
    assert_says "--width 19: wants a number from 20 to 1000"
}

@test "--format json is that of explore" {
    write_deadlock
    shown deadlock.c --format json
    assert_equal "$status" 1
    assert_kinds deadlock
    assert_equal "$(steps 'length > 5')" true
}

@test "no line is wider than --width, at 20, 40, 80, 200 and 1000, folded and not" {
    local width
    write_crowd 20
    for width in 20 40 80 200 1000; do
        shown crowd.c --width $width
        assert_equal "$width $status" "$width 1"
        assert_line --regexp '^!'
        assert_widths $width
        shown crowd.c --width $width --unfold
        assert_widths $width
    done
}

@test "no line is wider than --width: wide letters, long names, no blanks" {
    local width name=a_name_that_is_longer_than_any_column_and_than_the_narrowest_of_terminals
    write_crowd 20
    sed -i "s/forgotten/$name/g; s|$name++|/* 数える数える数える 数える 数える 数える 数える 数える 数える 数える 数える 数える */ &|" crowd.c
    mkdir 試験
    mv crowd.c 試験/数.c
    for width in 20 21 60 120 121 200; do
        shown 試験/数.c --width $width
        assert_equal "$width $status" "$width 1"
        assert_line --regexp '^!'
        [[ $width != 200 ]] || assert_line --partial "数える"
        assert_widths $width
    done
}

@test "a command that is broken to fit is still the same to the shell" {
    local width whole
    write_deadlock
    shown deadlock.c --strategy bounded --preemptions 1
    whole=$(sed '1,/^Again$/d' <<<"$output")
    for width in 20 23 31 40; do
        shown deadlock.c --strategy bounded --preemptions 1 --width $width
        assert_equal "$(sed '1,/^Again$/d; s|^  |printf "%s\\n" |' <<<"$output" | bash)" \
            "$(sed 's|^  |printf "%s\\n" |' <<<"$whole" | bash)"
        assert_line --regexp '\\$'
    done
}

@test "twenty threads at 80 columns: those of the fault have a column, and it is said who shares the last" {
    write_crowd 20
    shown crowd.c --width 80 --strategy bounded --preemptions 0
    assert_line --regexp '^  main +T8 +T16$'
    assert_line --regexp '^! +: +writes `forgotten` :11$'
    assert_line --regexp '^  … [0-9]+ more, of several threads$'
    shown crowd.c --width 80 --strategy bounded --preemptions 0 --unfold
    assert_line --regexp '^  The last column is for T1 to T7, T9 to T15\.$'
    assert_line --regexp '^  main +T8 +T16 +the others$'
    assert_line --regexp '^  : +T9 locks `lock`'
    refute_output --partial "more, of several"
}

@test "ten thousand steps fit on a few pages, and all of them are there with --unfold" {
    write_long 2500
    shown long.c --strategy bounded --preemptions 0
    assert_equal "$status" 1
    assert [ "${#lines[@]}" -lt 200 ]
    assert_line --regexp '^  … [0-9]{4,} more, of several threads$'
    assert_equal "$(grep -c '^!' <<<"$output")" 2
    shown long.c --strategy bounded --preemptions 0 --unfold
    assert [ "$(wc -l <<<"$output")" -gt 10000 ]
    refute_output --partial " more"
}

@test "the names of the threads come again every screenful" {
    write_long 30
    shown long.c --strategy bounded --preemptions 0 --unfold
    run awk '/^  main +T1 +T2$/ { if (last) print (NR - last > 20 && NR - last < 50 ? "fine" : NR - last); last = NR }' <<<"$output"
    assert_line fine
    assert_equal "$(sort -u <<<"$output")" fine
}

@test "from 120 columns on the source stands beside the steps" {
    write_deadlock
    shown deadlock.c --width 120
    assert_line --regexp ' 5 pthread_mutex_lock\(&right\);$'
    shown deadlock.c --width 119
    refute_output --partial "pthread_mutex_lock"
}

# on_terminal ROWS COLUMNS COMMAND...: what it writes on a terminal of that size.
on_terminal() {
    run python3 - "$@" <<'E'
import fcntl, os, pty, struct, sys, termios
rows, columns, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    os.environ["TERM"] = os.environ.get("TERM_HERE", "xterm")
    os.execvp(command[0], command)
shown = b""
while True:
    try:
        more = os.read(terminal, 65536)
    except OSError:
        break
    if not more:
        break
    shown += more
print(shown.decode().replace("\r", ""), end="")
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.exit(status if status >= 0 else 99)
E
}

@test "on a terminal a long page goes through the pager, a short one does not, and a pipe gets neither pager nor colour" {
    write_crowd 20
    export PAGER="sed 's/^/paged: /'"
    on_terminal 10 100 "$interleave" trace crowd.c
    assert_equal "$status" 1
    assert_line --regexp 'paged: .*crowd.c'
    assert_output --partial $'\e[31m'
    on_terminal 300 100 "$interleave" trace crowd.c
    assert_equal "$status" 1
    assert_output --partial $'\e[31m'
    refute_output --partial "paged:"
    TERM_HERE=dumb on_terminal 10 100 "$interleave" trace crowd.c
    refute_output --partial "paged:"
    run "$interleave" trace crowd.c
    refute_output --partial "paged:"
    refute_output --partial $'\e'
}

@test "a pager that is left early, fails, is interrupted or is missing takes nothing from the verdict" {
    write_long 300
    PAGER=true on_terminal 10 100 "$interleave" trace long.c --unfold
    assert_equal "$status" 1
    PAGER="head -n 1; exit 3" on_terminal 10 100 "$interleave" trace long.c --unfold
    assert_equal "$status" 1
    assert_output --partial long.c
    PAGER='kill -INT 0; cat' on_terminal 10 100 "$interleave" trace long.c
    assert_equal "$status" 1
    PAGER=no-such-pager on_terminal 10 100 "$interleave" trace long.c
    assert_equal "$status" 1
    assert_output --partial "takes part in the fault"
}

@test "on a terminal of 5 lines and 20 columns no line is cut" {
    write_deadlock
    PAGER=cat NO_COLOR=1 on_terminal 5 20 "$interleave" trace deadlock.c
    assert_equal "$status" 1
    # Without the progress before, and what is to be typed, which is left whole.
    output=$(sed 's/.*\x1b\[K//; s/\x1b\[[0-9;?]*[a-zA-Z]//g; /^Again/,$d' <<<"$output" | sed -n '/deadlock.c$/,$p')
    assert_equal "$(grep -c '^!' <<<"$output")" 2
    assert_widths 20
}
