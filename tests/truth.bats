# A verdict that a submission cannot forge at run time, and that is the same every time. The gate, which refuses most of
# this by its source, is off here: these are the cheats that got past it.
# shellcheck disable=SC2154
load helper

setup() {
    own_harness
    new_exercise 05-votes
}

exercise() { run --separate-stderr "$interleave" exercise 5 --lessons lessons --no-gate --fresh "$@"; }
exercise_json() { exercise --format json "$@"; }

# cheat RIGHT|RACY <<'E' … E: a file that counts rightly, or without the lock, and calls cheat(), which is given.
cheat() {
    local header
    {
        echo '#define _GNU_SOURCE'
        echo '#include "exercise.h"'
        for header in fcntl signal stdint stdio stdlib string sys/mman sys/resource sys/syscall unistd; do echo "#include <$header.h>"; done
        cat
        echo 'void tally_add(struct tally *tally, int votes) {'
        echo '    cheat();'
        [ "$1" = RACY ] || echo '    pthread_mutex_lock(&tally->lock);'
        echo '    tally->votes += votes;'
        [ "$1" = RACY ] || echo '    pthread_mutex_unlock(&tally->lock);'
        echo '}'
    } >cheat.c
}

# assert_engines OUTCOME ENGINE...
assert_engines() {
    local outcome=$1 engine
    shift
    for engine in "$@"; do
        assert_equal "$engine $(field ".programs[0].engines.$engine.outcome")" "$engine $outcome"
    done
}

assert_not_clean() { refute [ "$(field .programs[0].verdict)" = clean ]; }

# The driver's proof

@test "a file that calls what drive_done calls, and then leaves, is a wrong-exit under every engine" {
    cheat RIGHT <<'E'
void interleave_driver_done(unsigned long first, unsigned long second);
static void cheat(void) { interleave_driver_done(1, 2); exit(0); }
E
    exercise_json cheat.c
    assert_verdict faulty
    assert_kinds wrong-exit
    assert_engines faults native tsan asan helgrind explore
}

@test "who leaves by a system call of his own, or becomes another program, has not been examined" {
    local way
    for way in 'syscall(SYS_exit_group, 0)' \
        'syscall(SYS_execve, "/bin/true", (char *[]){"true", 0}, (char *[]){0})'; do
        cheat RIGHT <<<"static void cheat(void) { $way; }"
        exercise_json cheat.c
        assert_verdict faulty
        assert_kinds wrong-exit
        assert_engines faults native tsan asan
        refute [ "$(field .programs[0].engines.helgrind.outcome)" = clean ]
        refute [ "$(field .programs[0].engines.explore.outcome)" = clean ]
    done
}

@test "who ends the process behind the driver's last call, before the tools have looked, has not left in the usual way" {
    cheat RIGHT <<'E'
static pthread_once_t once = PTHREAD_ONCE_INIT;
static void leave(void) { _exit(0); }
static void prepare(void) { atexit(leave); }
static void cheat(void) { pthread_once(&once, prepare); }
E
    exercise_json cheat.c --engines native,tsan,asan,helgrind
    assert_verdict faulty
    assert_kinds wrong-exit
    assert_engines faults native tsan asan helgrind
    assert_contains "$(field '.programs[0].faults[] | select(.engine == "native").message')" "before it has left main"
}

@test "who writes into the witness what a driver would have, without knowing its secret, is a wrong-exit" {
    cheat RIGHT <<E
#include "$project/harness/linked/witness.h"
extern struct witness *interleave_witness;
static void cheat(void) {
    interleave_witness->driver_done = interleave_witness->driver_ended = 1;
    syscall(SYS_exit_group, 0);
}
E
    exercise_json cheat.c --engines native,tsan,asan,helgrind
    assert_verdict faulty
    assert_kinds wrong-exit
    assert_engines faults native tsan asan helgrind
}

@test "the secret is another one in every judgement, and in the driver's object alone" {
    local i
    for i in 1 2; do exercise solutions/05-votes/exercise.c --engines native --keep "kept-$i"; done
    assert_success
    local first second
    first=$(echo kept-1/*/build/plain) second=$(echo kept-2/*/build/plain)
    cmp "$first-0.o" "$second-0.o"
    refute cmp -s "$first-1.o" "$second-1.o"
    refute grep -q interleave:place "$first-1.o"
}

@test "a student's file that has a place for a secret is not given it" {
    cheat RIGHT <<'E'
static volatile const char place[] = "interleave:place-for-the-secret!";
static void cheat(void) {
    for (int i = 0; i < 10; i++)
        if (place[i] != "interleave"[i])
            _exit(0);
}
E
    exercise_json cheat.c --engines native
    assert_verdict clean
}

# The harness and its files

@test "who kills what watches him is not judged, and not clean" {
    cheat RIGHT <<<'static void cheat(void) { kill(getppid(), SIGKILL); pause(); }'
    exercise_json cheat.c
    assert_verdict unjudged
    assert_engines unavailable native tsan asan helgrind explore
}

@test "who cuts off the witness is not clean" {
    cheat RIGHT <<'E'
static void cut(void) { truncate(getenv("INTERLEAVE_WITNESS"), 0); _exit(0); }
static void cheat(void) { cut(); }
E
    exercise_json cheat.c --engines native,tsan
    assert_not_clean
}

@test "a report of ThreadSanitizer that the program removes or replaces is missed" {
    local way
    for way in 'truncate(path, 0);' 'unlink(path);' \
        'unlink(path); FILE *f = fopen(path, "w"); fputs("{\"started\":1}\n", f); fclose(f);'; do
        cheat RACY <<E
static void hide(void) {
    const char *path = getenv("INTERLEAVE_TSAN_REPORT");
    char text[4096];
    snprintf(text, sizeof text, "%.*s/tsan.%d", (int)(strrchr(path, '/') - path), path, (int)getpid());
    unlink(text);
    $way
}
__attribute__((constructor)) static void prepare(void) { atexit(hide); }
static void cheat(void) {}
E
        exercise_json cheat.c --engines tsan
        assert_not_clean
    done
}

@test "a report of Helgrind that the program replaces is missed" {
    cheat RACY <<'E'
static void hide(void) {
    char path[4096];
    const char *witness = getenv("INTERLEAVE_WITNESS");
    snprintf(path, sizeof path, "%.*s/helgrind.xml", (int)(strrchr(witness, '/') - witness), witness);
    unlink(path);
    FILE *file = fopen(path, "w");
    fputs("<?xml version=\"1.0\"?><valgrindoutput><status><state>FINISHED</state></status></valgrindoutput>", file);
    fclose(file);
}
__attribute__((constructor)) static void prepare(void) { atexit(hide); }
static void cheat(void) {}
E
    exercise_json cheat.c --engines helgrind
    assert_verdict unjudged
    assert_reason helgrind "not the one that it wrote"
}

# Finds the explorer's report and writes into it; then does what is given.
forge_report() {
    cheat RACY <<E
static void cheat(void) {
    static char variables[65536];
    char name[64];
    snprintf(name, sizeof name, "/proc/%d/environ", (int)getppid());
    int file = open(name, O_RDONLY);
    ssize_t length = read(file, variables, sizeof variables - 1);
    close(file);
    for (char *at = variables; at < variables + length; at += strlen(at) + 1) {
        if (strncmp(at, "INTERLEAVE_EXPLORE=", 19) != 0)
            continue;
        strcpy(strrchr(at, '/'), "/report");
        file = open(at + 19, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        static const char forged[] = "{\"anchor\":1}\n{\"summary\":{\"schedules\":9,\"exhaustive\":true}}\n";
        write(file, forged, sizeof forged - 1);
        close(file);
        $1
    }
}
E
}

@test "a report of the explorer that the program writes itself is not believed, though nobody else writes one" {
    local way
    # The second takes from the explorer the descriptor that it would write its own report with.
    for way in 'kill(getppid(), SIGKILL);' 'prlimit(getppid(), RLIMIT_NOFILE, &(struct rlimit){0, 0}, NULL);'; do
        forge_report "$way"
        exercise_json cheat.c --engines explore
        assert_not_clean
    done
}

@test "a program that closes every descriptor hides no race" {
    cheat RACY <<<'static void cheat(void) { for (int fd = 3; fd < 1024; fd++) close(fd); }'
    exercise_json cheat.c --engines tsan,helgrind
    assert_engines faults tsan helgrind
    assert_kinds data-race
}

# The canaries

@test "a ThreadSanitizer that is blinded from within the program has cleared nothing" {
    local way
    for way in 'void AnnotateIgnoreWritesBegin(char *, int); __attribute__((constructor)) static void blind(void) { AnnotateIgnoreWritesBegin("", 0); }' \
        'const char *__tsan_default_options(void); const char *__tsan_default_options(void) { return "report_bugs=0"; }' \
        'const char *__tsan_default_suppressions(void); const char *__tsan_default_suppressions(void) { return "race:*\n"; }'; do
        cheat RACY <<<"$way static void cheat(void) {}"
        exercise_json cheat.c --engines tsan
        assert_not_clean
    done
}

@test "a Helgrind that is told to be silent has cleared nothing" {
    cheat RACY <<'E'
#include <valgrind/valgrind.h>
static void cheat(void) { VALGRIND_DISABLE_ERROR_REPORTING; }
__attribute__((constructor)) static void blind(void) { VALGRIND_DISABLE_ERROR_REPORTING; }
E
    exercise_json cheat.c --engines helgrind
    assert_verdict unjudged
    assert_reason helgrind blinded
}

@test "an AddressSanitizer that poisons nothing has cleared nothing" {
    cheat RIGHT <<'E'
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "poison_heap=0"; }
static void cheat(void) { char *volatile block = malloc(1); free(block); *block = 1; }
E
    exercise_json cheat.c --engines asan
    assert_not_clean
}

@test "what is done on purpose to try the tools is told of no program" {
    exercise_json solutions/05-votes/exercise.c
    assert_verdict clean
    assert_equal "$(field '.programs[0].notes | length')" 0
    exercise_json --engines tsan,helgrind
    assert_equal "$(field '[.programs[0].faults[].places[].file | split("/") | last] | unique | join(" ")')" exercise.c
}

# Objects of the driver

# A compiler that notes what it compiles.
noting_compiler() {
    cat >noting <<E
#!/bin/sh
for word; do case \$word in *.c) echo "\$word" >>"$PWD/compiled" ;; esac; done
exec clang "\$@"
E
    chmod +x noting
    export INTERLEAVE_CC=$PWD/noting
}

# judge_anew: the solution, with the objects that are kept, but not with verdicts of earlier runs
judge_anew() {
    rm -rf "$BATS_TEST_TMPDIR/build/cache" compiled
    run --separate-stderr "$interleave" exercise 5 --lessons lessons --no-gate --engines native solutions/05-votes/exercise.c
    assert_success
}

compiled() { grep -c "$1" compiled || true; }

@test "a driver is compiled once, and again when a header of it has changed" {
    noting_compiler
    judge_anew
    assert_equal "$(compiled drive.c) $(compiled exercise.c)" "1 1"
    judge_anew
    assert_equal "$(compiled drive.c) $(compiled exercise.c)" "0 1"
    echo '/* another */' >>lessons/drive.h
    judge_anew
    assert_equal "$(compiled drive.c) $(compiled exercise.c)" "1 1"
}

@test "judgements that keep the same objects at the same time do not meet" {
    local i
    for i in 1 2 3 4; do
        "$interleave" exercise 5 --lessons lessons --no-gate --engines native solutions/05-votes/exercise.c >"out-$i" 2>&1 &
    done
    wait
    for i in 1 2 3 4; do grep -q 'native    clean' "out-$i" || fail "$(cat "out-$i")"; done
    judge_anew
}

# Seeds and sameness

# A fault that only the third seed shows.
odd_only() {
    sed -i 's/votes = 1 + (int)drive_number(9);/votes = getenv("INTERLEAVE_SEED")[0] - 48;/' lessons/05-votes/drive.c
    cat >odd.c <<'E'
#include "exercise.h"

void tally_add(struct tally *tally, int votes) {
    if (votes != 3)
        pthread_mutex_lock(&tally->lock);
    tally->votes += votes;
    if (votes != 3)
        pthread_mutex_unlock(&tally->lock);
}
E
}

# The word of the explorer's first schedule.
schedule() { field '[.programs[0].faults[] | select(.engine == "explore") | .exploration.schedule][0]'; }

@test "with seeds every engine runs the driver with each, and the explorer says which one its schedule is of" {
    local word
    odd_only
    exercise_json odd.c --seeds 1,2
    assert_verdict clean
    exercise_json odd.c --seeds 1,2,3
    assert_verdict faulty
    assert_engines faults tsan helgrind explore
    word=$(schedule)
    assert_contains "$word" "+3:"
    exercise_json odd.c --schedule "$word"
    assert_verdict faulty
    assert_kinds data-race
    exercise odd.c --schedule "${word/+3/+2}"
    assert_equal "$status" 2
    assert_contains "$(tr -s ' \n' '  ' <<<"$output")" "schedule is damaged"
    run --separate-stderr "$interleave" trace 5 --lessons lessons --no-gate odd.c --schedule "$word"
    assert_contains "$output" "tally.votes"
}

@test "a schedule means the same in another directory" {
    local word
    odd_only
    exercise_json odd.c --seeds 3 --engines explore
    word=$(schedule)
    cp -r lessons elsewhere
    mkdir handed-in
    cp odd.c handed-in/exercise.c
    run --separate-stderr "$interleave" exercise 5 --lessons elsewhere --no-gate handed-in/exercise.c --schedule "$word" --format json
    assert_verdict faulty
    assert_equal "$(schedule)" "$word"
}

@test "with seeds the verdict, its kinds and its schedule are the same every time, also on a busy machine" {
    local i now first='' busy=()
    cat >twice.c <<'E'
#include "exercise.h"

void tally_add(struct tally *tally, int votes) {
    pthread_mutex_lock(&tally->lock);
    int before = tally->votes;
    pthread_mutex_unlock(&tally->lock);
    pthread_mutex_lock(&tally->lock);
    tally->votes = before + votes;
    pthread_mutex_unlock(&tally->lock);
}
E
    for i in 1 2 3 4; do
        if [ "$i" = 3 ]; then
            for _ in 1 2 3 4 5 6; do
                (while :; do :; done) &
                busy+=($!)
            done
        fi
        exercise_json twice.c --seeds 2,5 --engines explore
        now=$(field '.programs[0] | [.verdict, (.faults[] | .kind, .exploration.schedule)] | join(" ")')
        [ "$first" ] || first=$now
        [ "$now" = "$first" ] || break
    done
    kill "${busy[@]}"
    assert_equal "$now" "$first"
    assert_contains "$first" "faulty wrong-result"
}

@test "with seeds the explorer stops at a number of schedules, whatever the time" {
    exercise_json solutions/05-votes/exercise.c --seeds 1,2 --engines explore --strategy random
    assert_equal "$(field .programs[0].engines.explore.exploration.schedules)" 500 # 250 for each second of the budget
    assert_equal "$(field .programs[0].engines.explore.reason)" "seeds 1, 2, each: 500 schedules in all (not exhaustive)"
}
