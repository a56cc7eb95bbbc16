# Faults in the student's own names: one sentence for the same fact, whoever reports it, and the long form of
# a verdict that `interleave explain` prints.
# shellcheck disable=SC2016
load helper

explain() { run --separate-stderr "$interleave" explain "$@"; }

# said ENGINE [KIND]: the messages of that engine.
said() { jq -r --arg e "$1" --arg k "${2:-}" '.programs[0].faults[] | select(.engine == $e and ($k == "" or .kind == $k)) | .message' <<<"$output"; }

# assert_all_say SENTENCE ENGINE...: of the faults of $kind, or of all.
assert_all_say() {
    local sentence=$1 engine
    for engine in "${@:2}"; do
        assert_equal "$engine: $(said "$engine" "${kind:-}")" "$engine: $sentence"
    done
}

# assert_section HEADING TEXT: what stands below that heading of $output says so, in whatever lines.
assert_section() {
    assert_contains "$(sed -n "/^$1\$/,/^\$/p" <<<"$output" | tr '\n' ' ' | tr -s ' ')" "$2"
}

# in_a_line: the output without its line breaks.
in_a_line() { tr '\n' ' ' <<<"$output" | tr -s ' '; }

# write_balance FILE WRITER READER: T1 writes, and T2 reads; {} stands for the access, in lines 7 and 13.
write_balance() {
    cat >"./$1" <<E
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, log_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t map = PTHREAD_RWLOCK_INITIALIZER;
static long balance, seen, mine;
static void *teller(void *unused) {
    ${2%%\{\}*}
    balance = 5;
    ${2##*\{\}}
    return unused;
}
static void *auditor(void *unused) {
    ${3%%\{\}*}
    seen = balance;
    ${3##*\{\}}
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, teller, NULL);
    pthread_create(&threads[1], NULL, auditor, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    (void)lock, (void)log_lock, (void)map, (void)mine;
    return 0;
}
E
}
nothing='{}'
under_lock='pthread_mutex_lock(&lock);{}pthread_mutex_unlock(&lock);'
under_log='pthread_mutex_lock(&log_lock);{}pthread_mutex_unlock(&log_lock);'
under_both='pthread_mutex_lock(&lock); pthread_mutex_lock(&log_lock);{}pthread_mutex_unlock(&log_lock); pthread_mutex_unlock(&lock);'
reading='pthread_rwlock_rdlock(&map);{}pthread_rwlock_unlock(&map);'

# One language

@test "a race is told in the same words by ThreadSanitizer and the explorer, with what each thread holds" {
    write_balance race.c "$nothing" "$under_log"
    judge_json race.c
    assert_all_say '`balance` is written by T1 at race.c:7 with no lock held, and read by T2 at race.c:13 holding `log_lock`; nothing orders the two.' tsan explore
    assert_all_say '`balance` is written by T1 at race.c:7 and read by T2 at race.c:13; nothing orders the two.' helgrind
    write_balance race.c "$under_both" "$nothing"
    judge_json race.c
    assert_all_say '`balance` is written by T1 at race.c:7 holding `lock` and `log_lock`, and read by T2 at race.c:13 with no lock held; nothing orders the two.' tsan explore
}

@test "what a thread holds is what it held at the access, not before and not afterwards" {
    write_balance race.c \
        'pthread_mutex_lock(&lock); mine = 1; pthread_mutex_unlock(&lock);{}pthread_mutex_lock(&lock); mine = 2; pthread_mutex_unlock(&lock);' \
        'pthread_mutex_lock(&log_lock); pthread_mutex_unlock(&log_lock);{}pthread_mutex_lock(&log_lock); pthread_mutex_unlock(&log_lock);'
    judge_json --engines tsan,explore race.c
    assert_all_say '`balance` is written by T1 at race.c:7 with no lock held, and read by T2 at race.c:13 with no lock held; nothing orders the two.' tsan explore
    write_balance race.c "mine = 1; $under_lock" "$nothing"
    judge_json --engines explore race.c
    assert_all_say '`balance` is written by T1 at race.c:7 holding `lock`, and read by T2 at race.c:13 with no lock held; nothing orders the two.' explore
}

@test "a lock that is held for reading is called so" {
    write_balance race.c "$reading" "$reading"
    judge_json --engines tsan,explore race.c
    assert_all_say '`balance` is written by T1 at race.c:7 holding `map` for reading, and read by T2 at race.c:13 holding `map` for reading; nothing orders the two.' tsan explore
}

@test "who does not know which locks are held says nothing of them" {
    write_balance race.c "$nothing" "$nothing"
    judge_json race.c
    assert_equal "$(jq -c '[.programs[0].faults[] | select(.engine == "helgrind") | .places[] | has("held")]' <<<"$output")" "[false,false]"
    assert_equal "$(jq -c '[.programs[0].faults[] | select(.engine == "explore") | .places[].held]' <<<"$output")" "[[],[]]"
    # ThreadSanitizer's text, which alone tells of locks, is gone when it has ended.
    write_program quiet.c <<'E'
#include <glob.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static int balance;
static void *add(void *unused) {
    balance = 1;
    return unused;
}
static void forget(void) {
    char pattern[4096], *options = getenv("TSAN_OPTIONS");
    char *path = options ? strstr(options, "log_path=\"") : NULL;
    glob_t found;
    if (!path)
        return;
    snprintf(pattern, sizeof pattern, "%.*s.*", (int)strcspn(path + 10, "\""), path + 10);
    if (glob(pattern, 0, NULL, &found) == 0)
        unlink(found.gl_pathv[0]);
}
int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    forget();
    return 0;
}
E
    judge_json --engines tsan quiet.c
    assert_all_say '`balance` is written by T1 at quiet.c:9 and written by T2 at quiet.c:9; nothing orders the two.' tsan
}

write_publish() {
    write_program publish.c <<'E'
#include <pthread.h>
#include <stdatomic.h>
static int letter;
static atomic_int there;
static void *post(void *unused) {
    letter = 7;
    atomic_store(&there, 1);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, post, NULL);
    while (!atomic_load(&there))
        ;
    int read = letter;
    pthread_join(thread, NULL);
    return read != 7;
}
E
}

@test "what Helgrind reports and another has refuted claims no more than that Helgrind knows of no order" {
    write_publish
    judge_json publish.c
    assert_verdict clean
    assert_contains "$(field '.programs[0].notes[].message')" '`letter` is written by T1 at publish.c:6 and read by main at publish.c:15; nothing that helgrind knows orders the two. (Helgrind does not know C11 atomics'
    assert_equal "$(field '[.programs[0].notes[].message | select(contains("; nothing orders the two"))] | length')" 0
}

@test "memory that no variable holds is called what the source calls it" {
    now_and_then
    local statement name
    while IFS='|' read -r statement name; do
        cat >box.c <<E
#include <pthread.h>
#include <stdlib.h>
struct box { int n, list[3]; struct { int n; } in; struct box *next; };
static void *touch(void *argument) {
    struct box *box = argument;
    int i = 1;
    $statement;
    return i ? NULL : box;
}
int main(void) {
    struct box *box = calloc(2, sizeof *box);
    box->next = box + 1;
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, touch, box);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    free(box);
    return 0;
}
E
        judge_json --engines tsan,helgrind,explore box.c
        assert_equal "$statement: $(jq -r '[.programs[0].faults[].message | sub(" is .*"; "")] | unique | join(" ")' <<<"$output")" "$statement: $name"
    done <<'E'
box->n = 1|`box->n`
box->n++|`box->n`
++box->n|`box->n`
box->n += i * 2|`box->n`
(*box).n = 3|`(*box).n`
*(int *)box = 4|`*(int *)box`
box->list[i] = 5|`box->list[i]`
box->in.n -= 1|`box->in.n`
box->next->list[i + 1] = 6|`box->next->list[i + 1]`
if (i) box[1].n = 7|`box[1].n`
E
}

@test "a late use of memory is told in the same words by all who see it, and so is a second free" {
    write_program late.c <<'E'
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
struct job { int id, done; };
static sem_t freed;
static struct job *job;
static void *work(void *unused) {
    sem_wait(&freed);
#ifdef TWICE
    free(job);
#else
    job->done = 1;
#endif
    return unused;
}
int main(void) {
    pthread_t thread;
    sem_init(&freed, 0, 0);
    job = malloc(sizeof *job);
    pthread_create(&thread, NULL, work, NULL);
    free(job);
    sem_post(&freed);
    pthread_join(thread, NULL);
    return 0;
}
E
    kind=use-after-free
    judge_json late.c
    assert_all_say '`job->done` is written by T1 at late.c:12 after it was freed by main at late.c:21.' tsan asan explore
    assert_equal "$(field '.programs[0].faults[] | select(.engine == "explore") | .before[0] | "\(.line) \(.thread) \(.action)"')" "19 main allocated it"
    kind=double-free
    judge_json --cflags -DTWICE late.c
    assert_all_say '`job` is freed by T1 at late.c:10 after it was freed by main at late.c:21.' asan explore
}

@test "memory that nobody frees is told in the same words, but that one tool does not know the thread" {
    write_program leak.c <<'E'
#include <pthread.h>
#include <stdlib.h>
static void *run(void *unused) {
    char *lost = malloc(40);
    lost[0] = 1;
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    return 0;
}
E
    judge_json --engines asan,explore leak.c
    assert_all_say 'a thread allocates 40 bytes in 1 block at leak.c:4, which nobody frees.' asan
    assert_all_say 'T1 allocates 40 bytes in 1 block at leak.c:4, which nobody frees.' explore
}

@test "an access outside an object, or to one that has ended, names what the source calls it" {
    write_program wrong.c <<'E'
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
static sem_t ready;
static int *number;
static void fill(void) {
    int local[2] = {0, 0};
#ifdef ENDED
    number = local;
#else
    number = malloc(2 * sizeof *number + 0 * (size_t)local[0]);
#endif
}
static void *work(void *unused) {
    sem_wait(&ready);
#ifdef ENDED
    number[0] = 4;
#else
    number[2] = 4;
#endif
    return unused;
}
int main(void) {
    pthread_t thread;
    sem_init(&ready, 0, 0);
    pthread_create(&thread, NULL, work, NULL);
    fill();
    sem_post(&ready);
    pthread_join(thread, NULL);
#ifndef ENDED
    free(number);
#endif
    return 0;
}
E
    kind=stack-escape
    judge_json --cflags -DENDED --engines asan,explore wrong.c
    assert_all_say '`number[0]` is written by T1 at wrong.c:17, a local variable of a function or block that had ended by then.' asan explore
    kind=buffer-overflow
    judge_json --engines asan,explore wrong.c
    assert_all_say '`number[2]` is written by T1 at wrong.c:19, beyond the bounds of the object that it belongs to.' asan
    assert_all_say '`number[2]` is written by T1 at wrong.c:19, 4 bytes beyond the end of a block of 8 bytes.' explore
}

@test "a misused lock has its name and its thread from every tool, and no address" {
    write_program misuse.c <<'E'
#include <pthread.h>
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static void *leave(void *unused) {
    pthread_mutex_unlock(&gate);
    return unused;
}
int main(void) {
    pthread_t thread;
#ifdef HELD
    pthread_mutex_lock(&gate);
#endif
    pthread_create(&thread, NULL, leave, NULL);
    pthread_join(thread, NULL);
    return 0;
}
E
    judge_json --cflags -DHELD misuse.c
    assert_all_say 'T1 unlocks `gate` at misuse.c:4, which it does not hold.' tsan
    assert_all_say 'T1 unlocks `gate` at misuse.c:4, though main holds it.' helgrind
    assert_all_say 'T1 unlocks `gate` at misuse.c:4, though another thread holds it; main has locked `gate` at misuse.c:10.' explore
    judge_json --engines helgrind,explore misuse.c
    assert_all_say 'T1 unlocks `gate` at misuse.c:4, which was never locked.' helgrind
    assert_all_say 'T1 unlocks `gate` at misuse.c:4, though nobody holds it.' explore
}

# The long form

@test "explain tells a fault once, with the lines and what each thread does there, and all there is to know of it" {
    write_balance race.c "$nothing" "$under_log"
    explain race.c
    assert_equal "$status" 1
    assert_line --index 0 "race.c  faulty"
    assert_line "1. data-race  (reported by tsan, helgrind and explore)"
    refute_line --regexp '^2\.'
    assert_contains "$output" '     7 |     balance = 5;
       |     ^^^^^^^^^^^^
       | T1 in teller: writes `balance` with no lock held
     8 |'
    assert_contains "$output" '       …
    11 | static void *auditor(void *unused) {
    12 |     pthread_mutex_lock(&log_lock);
    13 |     seen = balance;
       |     ^^^^^^^^^^^^^^^
       | T2 in auditor: reads `balance` holding `log_lock`
    14 |'
    assert_section "What it means" "nothing orders the two: the result is undefined."
    assert_section "Here" 'T2 takes `log_lock` for this and T1 does not: a lock keeps apart only those who take it. If `log_lock` is what guards the variable, take it at race.c:7, too.'
    assert_section "How it is usually repaired" "Hold one and the same lock around every access to it"
    assert_section "How often it happens" "random schedules fail. $interleave replay race.c '"
    assert_regex "$(in_a_line)" '[^0-9][1-9][0-9]* of [1-9][0-9]* random schedules fail\.' # of 200, if there is time
    assert_section "Where the tools disagree" "native: A plain run does not watch memory"
    assert_section "Where the tools disagree" "asan: AddressSanitizer watches the life of memory"
    assert_section "Which lesson teaches it" "make lesson-2"
    refute_line "At the same lines"
}

@test "what the locks of the two threads say about a race is told" {
    write_balance race.c "$under_lock" "$under_log"
    explain --engines tsan race.c
    assert_section Here 'T1 holds `lock` and T2 holds `log_lock`: two different locks keep nobody apart. Take the same one at both places.'
    write_balance race.c "$reading" "$reading"
    explain --engines tsan race.c
    assert_section Here 'Both hold `map` for reading, which keeps out only who writes under it.'
    write_balance race.c "$nothing" "$nothing"
    explain --engines tsan race.c
    assert_section Here 'No lock is held at either place.'
    explain --engines helgrind race.c
    assert_line --partial "data-race"
    refute_line Here
}

@test "several pairs of lines at which the same variable races are one fault to a reader, and each is told" {
    write_program pairs.c <<'E'
#include <pthread.h>
static int count;
static void *add(void *unused) {
    if (count < 10)
        count = 1;
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
    explain --engines tsan,explore pairs.c
    assert_line --partial "1. data-race"
    refute_line --regexp '^2\.'
    assert_equal "$(in_a_line | grep -o '`count` is written by T. at pairs.c:5 with no lock held, and read by T. at pairs.c:4 ' | wc -l)" 1
    assert_equal "$(in_a_line | grep -o '`count` is written by T. at pairs.c:5 with no lock held, and written by T. at pairs.c:5 ' | wc -l)" 1
}

write_circle() {
    write_program circle.c <<'E'
#include <pthread.h>
static pthread_mutex_t from = PTHREAD_MUTEX_INITIALIZER, to = PTHREAD_MUTEX_INITIALIZER;
static void *there(void *unused) {
    pthread_mutex_lock(&from);
    pthread_mutex_lock(&to);
    pthread_mutex_unlock(&to);
    pthread_mutex_unlock(&from);
    return unused;
}
static void *back(void *unused) {
    pthread_mutex_lock(&to);
    pthread_mutex_lock(&from);
    pthread_mutex_unlock(&from);
    pthread_mutex_unlock(&to);
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, there, NULL);
    pthread_create(&threads[1], NULL, back, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
E
}

@test "of a deadlock the long form shows where each lock was taken, and the order of the locks as the same mistake" {
    write_circle
    explain --engines helgrind,explore circle.c
    assert_contains "$output" '     4 |     pthread_mutex_lock(&from);
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^
       | T1 in there: took `from` before
     5 |     pthread_mutex_lock(&to);
       |     ^^^^^^^^^^^^^^^^^^^^^^^^
       | T1 in there: waits for `to`
     6 |'
    assert_contains "$output" '| T2 in back: took `to` before'
    assert_section "Which lesson teaches it" "make lesson-7"
    assert_line "2. lock-order  (reported by helgrind)"
    assert_contains "$(in_a_line)" "the order of the locks that leads to the deadlock above: the same mistake"
    assert_equal "$(grep -c '^What it means' <<<"$output")" 1
}

@test "an order of locks without a deadlock is explained in full" {
    write_circle
    explain --engines helgrind circle.c
    assert_line --partial "lock-order  (reported by helgrind)"
    assert_line "What it means"
    assert_section "How it is usually repaired" "in the same order"
}

@test "a signal that was lost is told, with who gave it and where" {
    write_program lost.c <<'E'
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static void *await(void *unused) {
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&ready, &lock);
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, await, NULL);
#ifndef NOBODY
    pthread_cond_signal(&ready);
#endif
    pthread_join(thread, NULL);
    return 0;
}
E
    explain --engines explore lost.c
    assert_section Here 'On the schedule below main signals `ready` at lost.c:14 before T1 waits for it at lost.c:6.'
    explain --engines explore --cflags -DNOBODY lost.c
    assert_section Here 'On the schedule below nobody signals `ready` before everybody waits.'
}

@test "what follows from other faults comes after them, and is said to" {
    write_program both.c <<'E'
#include <pthread.h>
static int count;
static void *add(void *unused) {
    count = count + 1;
    return unused;
}
int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 7;
}
E
    explain --engines native,tsan both.c
    assert_line "1. data-race  (reported by tsan)"
    assert_line "2. wrong-exit  (reported by native)"
    assert_equal "$(grep -c 'It may follow from what is told above: repair that first.' <<<"$output")" 1
}

@test "a tool that is silent has its reason: it does not look for that, or it could not look" {
    write_program forks.c <<'E'
#include <stdlib.h>
#include <unistd.h>
int main(void) {
    char *lost = malloc(1000);
    lost[0] = 1;
    lost = NULL;
    if (fork() == 0)
        _exit(0);
    return lost != NULL;
}
E
    explain forks.c
    assert_line "1. leak  (reported by asan)"
    assert_section "Where the tools disagree" "native, tsan and helgrind: It does not count what is given back."
    assert_section "Where the tools disagree" "explore: It could not look: the program calls fork"
}

@test "a tool that could have seen the fault and did not is said to have been unlucky" {
    write_program rare.c <<'E'
#include <assert.h>
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;
static void *await(void *unused) {
    pthread_mutex_lock(&lock);
    if (!ready) /* a wake-up without a cause, which a run hardly ever meets */
        pthread_cond_wait(&changed, &lock);
    assert(ready);
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, await, NULL);
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    return 0;
}
E
    explain --engines native,explore rare.c
    assert_line "1. crash  (reported by explore)"
    assert_section "Where the tools disagree" "native: It could have, and did not meet it (10 runs): it depends on the schedule, and a run shows only one."
}

@test "of an exercise the lesson's own reason goes before the general one, if it is about this fault" {
    new_exercise 01-test
    explain 1 --lessons lessons --engines asan,explore
    assert_equal "$status" 1
    assert_line "1. data-race  (reported by explore)"
    assert_section "Where the tools disagree" "asan: It watches memory, not order."
    assert_line --partial '`tally.votes` is written by T'
    write_program mine.c <<'E'
#include "exercise.h"
#include <stdlib.h>
void tally_add(struct tally *tally, int votes) {
    int *lost = malloc(sizeof *lost);
    *lost = votes;
    pthread_mutex_lock(&tally->lock);
    tally->votes += *lost;
    pthread_mutex_unlock(&tally->lock);
}
E
    sed -i '/^\[exercise.c\]/,$ { s/^must-see.*/must-see = helgrind explore/; s/^may-see.*/may-see = native asan/; s/^blind.*/blind.tsan = It is another fault./ }' lessons/01-test/lesson.ini
    explain 1 mine.c --lessons lessons --engines tsan,explore
    assert_line "1. leak  (reported by explore)"
    assert_section "Where the tools disagree" "tsan: It does not count what is given back."
}

@test "of a program without a fault explain says that there is nothing to explain, and what was looked at" {
    write_balance right.c "$under_lock" "$under_lock"
    explain right.c
    assert_equal "$status" 0
    assert_line --index 0 "right.c  clean: there is nothing to explain"
    assert_section "What was looked at" "tsan ThreadSanitizer: 10 runs"
    assert_section "What was looked at" "explore the schedule explorer: all schedules"
    assert_section "What that says" "The explorer has tried every order in which these threads can run"
    explain --engines native right.c
    assert_section "What that says" "That is no proof"
    refute_line --partial "every order"
    new_exercise 01-test
    explain 1 solutions/01-test/exercise.c --lessons lessons
    assert_equal "$status" 0
    assert_line "Exercise 1 is solved."
}

@test "of a report that was refuted explain gives the reason, and of a tool that could not look the remedy" {
    write_publish
    explain publish.c
    assert_equal "$status" 0
    assert_section "What a tool reports, and is no fault" 'helgrind `letter` is written by T1'
    assert_section "What a tool reports, and is no fault" "Helgrind does not know C11 atomics"
    PATH=$(path_without valgrind) explain --engines native,helgrind publish.c
    assert_equal "$status" 2
    assert_line --index 0 "publish.c  could not be judged"
    assert_section "What was looked at" "helgrind could not look: valgrind is not installed; run scripts/setup"
    assert_section "What that says" "Nothing yet"
}

@test "a program that does not compile is explained, too" {
    echo 'int main(void) { return undeclared; }' >wrong.c
    explain wrong.c
    assert_equal "$status" 1
    assert_line "1. compile-error  (reported by compiler)"
    assert_contains "$output" "undeclared identifier"
    refute_line "Where the tools disagree"
    new_exercise 01-test
    echo 'int tally;' >mine.c
    explain 1 mine.c --lessons lessons
    assert_contains "$(in_a_line)" '`tally_add` is missing: exercise.h promises it'
}

@test "the path under which a file was given does not make two faults of one" {
    mkdir below
    write_balance race.c "$nothing" "$under_log"
    explain --engines tsan,explore below/../race.c
    assert_line "1. data-race  (reported by tsan and explore)"
    refute_line "At the same lines"
    assert_equal "$(grep -c '^     7 |' <<<"$output")" 1
}

@test "nothing that stands in the source or in a name reaches the terminal as it is" {
    write_balance race.c "$nothing" "$nothing"
    sed -i $'s|balance = 5;|& // \033]0;title\007|' race.c
    mv race.c $'ra\033[2Jce.c'
    explain --engines tsan $'ra\033[2Jce.c'
    assert_equal "$status" 1
    assert_line --partial "balance = 5;"
    assert_equal "$(tr -d '\n' <<<"$output" | tr -cd '\000-\037\177' | wc -c)" 0
}

# The table

@test "every kind of fault has its repair, and a lesson that has such a fault or none" {
    run python3 - "$project" <<'E'
import glob, json, re, sys
project = sys.argv[1]
kinds = json.load(open(project + "/docs/verdict.schema.json"))["$defs"]["kind"]["enum"]
table = open(project + "/harness/explain_table.c").read()
rows = dict((name.lower().replace("_", "-"), (re.findall(r'"((?:[^"\\]|\\.)*)"', text), int(lesson)))
            for name, text, lesson in re.findall(r'^    \[FAULT_(\w+)\] =\s*\{(.*?),\s*(\d+)\}', table, re.S | re.M))
assert sorted(rows) == sorted(kinds), set(rows) ^ set(kinds)
taught = 0
for kind, (words, lesson) in rows.items():
    repair = "".join(words)
    assert repair.endswith(".") and len(repair) > 20, kind
    having = {int(path.split("/")[-2][:2]) for path in glob.glob(project + "/lessons/*/lesson.ini")
              if any(kind in line.split("=")[1].split() for line in open(path) if re.match(r"fault\s*=", line))}
    assert (lesson in having) if having else lesson == 0, (kind, lesson, having)
    taught += lesson > 0
print(len(rows), "kinds,", taught, "taught")
E
    assert_success
    assert_output --regexp '^24 kinds, 1[0-9] taught$'
}

@test "in JSON every fault has its explanation, and what each thread holds is a list" {
    write_balance race.c "$nothing" "$under_log"
    explain --format json race.c
    run --separate-stderr python3 - "$project/docs/verdict.schema.json" <(echo "$output") <<'E'
import json, sys, jsonschema
document = json.load(open(sys.argv[2]))
jsonschema.validate(document, json.load(open(sys.argv[1])))
print(json.dumps(document))
E
    assert_success
    assert_equal "$(field '[.programs[0].faults[].explanation.lesson] | unique | join(" ")')" 2
    assert_equal "$(field '.programs[0].faults[0].explanation | keys | join(" ")')" "lesson meaning repair"
    assert_equal "$(jq -c '.programs[0].faults[] | select(.engine == "explore") | [.places[].held]' <<<"$output")" '[[],["`log_lock`"]]'
    echo 'int main(void) { return 3; }' >exit.c
    judge_json --engines native exit.c
    assert_equal "$(field '.programs[0].faults[0].explanation.lesson')" null
}

@test "a verdict that is kept explains as the one that was reached" {
    write_circle
    explain --engines tsan,explore circle.c
    cp <(echo "$output") first
    explain --engines tsan,explore circle.c
    run diff first - <<<"$output"
    assert_success
    assert_file_contains first 'took `from` before'
    write_balance race.c "$nothing" "$under_log"
    explain --engines tsan,explore race.c
    explain --engines tsan,explore race.c
    assert_section Here 'T2 takes `log_lock` for this and T1 does not'
}

# Where the short report points to it

@test "the short report of a faulty program ends with where the long one is, that of a right one does not" {
    write_balance race.c "$nothing" "$nothing"
    judge --engines tsan race.c --libs -lm --args "a b"
    assert_line "  $interleave explain race.c --libs -lm --args 'a b'"
    judge --engines tsan race.c --keep kept
    assert_line "  $interleave explain race.c"
    run --separate-stderr "$interleave" explore race.c
    assert_equal "$status" 1
    refute_line --partial " explain "
    write_balance right.c "$under_lock" "$under_lock"
    judge --engines tsan right.c
    refute_line --partial explain
}

@test "the short report of an exercise ends with make explain, or the command when another file stands in its place" {
    new_exercise 01-test
    run --separate-stderr "$interleave" exercise 1 --lessons lessons --engines explore
    assert_line "  make explain-1"
    cp lessons/01-test/exercise.c mine.c
    run --separate-stderr "$interleave" exercise 1 mine.c --lessons lessons --engines explore
    assert_line "  $interleave explain 1 mine.c"
    run --separate-stderr "$interleave" exercise 1 solutions/01-test/exercise.c --lessons lessons --engines explore
    refute_line --partial explain
    PATH=$(path_without valgrind) run --separate-stderr "$interleave" exercise 1 solutions/01-test/exercise.c --lessons lessons --engines helgrind
    assert_equal "$status" 2
    refute_line --partial explain
}

@test "make explain-N is the command" {
    run make -C "$project" -n explain-7
    assert_line --partial "interleave explain 7"
    run make -C "$project" -n explain-7 FILE=mine.c
    assert_line --partial "interleave explain 7 mine.c"
}

# Wrong use

@test "explain refuses what it cannot explain, with the remedy" {
    new_lesson 01-test
    explain
    assert_refused "explain wants the number of an exercise or the C files of one program"
    explain 9 --lessons lessons
    assert_refused "there is no lesson 9" "interleave list"
    explain 1 --lessons lessons
    assert_refused "01-test has no exercise"
    explain nothing.c
    assert_refused "nothing.c: No such file"
    explain 1 a.c b.c --lessons lessons
    assert_refused "explain wants the number of an exercise, and at most one file"
    explain 1 --lessons lessons --schedule '0:0:0'
    assert_refused "interleave replay"
    write_balance race.c "$nothing" "$nothing"
    explain race.c --format markdown
    assert_refused "--format markdown is for check and list"
}
