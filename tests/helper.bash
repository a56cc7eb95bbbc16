# Shared by all test files: `load helper` at the top of each. A test starts in an empty directory of its
# own, with a harness of its own (so neither another run's cache nor a rebuild can meddle).
#
#   $project       the repository                $interleave   the harness to run
#   $output $stderr $status                      of the last `judge` or `run --separate-stderr`

# shellcheck disable=SC2154  # output, stderr and status are set by run
bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert
bats_load_library bats-file

project=$(cd "$BATS_TEST_DIRNAME/.." && pwd)

setup() { own_harness; }

# A file that needs a setup() of its own calls this first.
own_harness() {
    mkdir "$BATS_TEST_TMPDIR/build" "$BATS_TEST_TMPDIR/here"
    cp -r "$project"/build/interleave* "$project/build/linked" "$BATS_TEST_TMPDIR/build/"
    ln -s "$project/lessons" "$BATS_TEST_TMPDIR/lessons"
    interleave=$BATS_TEST_TMPDIR/build/interleave
    unset INTERLEAVE_CC NO_COLOR
    export HOME=$BATS_TEST_TMPDIR # also what descendants are known by
    cd "$BATS_TEST_TMPDIR/here" || return
}

# open_the_way DIRECTORY...: where there are no namespaces, the user of strangers' programs must be able to pass.
open_the_way() { chmod o+rx "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR"/*/ "$@"; }

# share: of the lines of standard input, each a program of a large collection, the i-th of every n as SHARE=i/n says.
share() {
    local share=${SHARE:-1/1}
    awk -v i="${share%/*}" -v n="${share#*/}" 'NR % n == i % n'
}

# is_of_share KEY: what has that name is of one share of all.
is_of_share() {
    local share=${SHARE:-1/1} key
    key=$(cksum <<<"$1")
    ((${key%% *} % ${share#*/} == ${share%/*} % ${share#*/}))
}

# now_and_then [KEY]: skips what takes long where it is not of the share.
now_and_then() { is_of_share "${1:-$BATS_TEST_NAME}" || skip "takes long, and is not of the share $SHARE"; }

# write_program NAME <<'E' … E
write_program() { cat >"./$1"; }

# judge ARGUMENT...: `interleave run`, with the report in $output and the rest in $stderr.
judge() { run --separate-stderr "$interleave" run "$@"; }

judge_json() { judge --format json "$@"; }

# From the JSON in $output: `field .programs[0].name`.
field() { jq -r "$1" <<<"$output"; }

assert_verdict() { assert_equal "$(field '.programs[0].verdict')" "$1"; }

# assert_outcome ENGINE OUTCOME
assert_outcome() { assert_equal "$(field ".programs[0].engines.$1.outcome")" "$2"; }

# assert_reason ENGINE TEXT: the reason says so.
assert_reason() { assert_contains "$(field ".programs[0].engines.$1.reason")" "$2"; }

# assert_kinds "data-race leak": exactly these kinds of fault, sorted.
assert_kinds() { assert_equal "$(field '[.programs[0].faults[].kind] | unique | join(" ")')" "$1"; }

assert_contains() {
    [[ $1 == *"$2"* ]] || batslib_decorate "does not contain: $2" <<<"$1" | fail
}

# assert_says TEXT: on standard error.
assert_says() { assert_contains "$stderr" "$1"; }

# The last run could not judge, said so in one sentence with these texts, and reported nothing.
assert_refused() {
    assert_equal "$status" 2
    assert_equal "$output" ""
    assert_regex "$stderr" "^interleave: [^"$'\n'"]+$"
    local part
    for part; do assert_says "$part"; done
}

# wait_until COMMAND ARGUMENT...: returns when it succeeds; fails when that takes far too long.
wait_until() {
    local tries
    for ((tries = 0; tries < 1200; tries++)); do
        "$@" && return
        sleep 0.05
    done
    fail "waited a minute in vain for: $*"
}

# The processes that the harness of this test started and that still run, one a line: known by their
# executable or, for tools, by the home directory in their environment.
children() {
    local entry executable
    for entry in /proc/[0-9]*; do
        executable=$(readlink "$entry/exe" 2>/dev/null) || continue
        if [[ $executable == "$BATS_TEST_TMPDIR"/* ]] ||
            grep -qzxF "HOME=$BATS_TEST_TMPDIR" "$entry/environ" 2>/dev/null; then
            printf '%s %s %s\n' "${entry#/proc/}" "$executable" \
                "$(tr '\0' ' ' 2>/dev/null <"$entry/cmdline" | head -c 200)"
        fi
    done
}

no_children_left() { [[ -z $(children) ]]; }

assert_no_children_left() { assert_equal "$(children)" ""; }

# fake_tool NAME <<'E' … E: found before any other tool of that name.
fake_tool() {
    mkdir -p "$BATS_TEST_TMPDIR/bin"
    cat >"$BATS_TEST_TMPDIR/bin/$1"
    chmod +x "$BATS_TEST_TMPDIR/bin/$1"
    [[ $PATH == "$BATS_TEST_TMPDIR/bin:"* ]] || export PATH="$BATS_TEST_TMPDIR/bin:$PATH"
}

# path_without TOOL...: a search path on which all other tools are found.
path_without() {
    local directory tool directories
    mkdir "$BATS_TEST_TMPDIR/path"
    IFS=: read -r -a directories <<<"$PATH"
    for directory in "${directories[@]}"; do
        [[ -d $directory ]] && ln -s -t "$BATS_TEST_TMPDIR/path" "$directory"/* 2>/dev/null
    done
    for tool; do rm -f "$BATS_TEST_TMPDIR/path/$tool"; done
    echo "$BATS_TEST_TMPDIR/path"
}

# new_lesson N-SLUG: a lesson in ./lessons, to be run with --lessons lessons; its files are the test's to
# change. It behaves as it says: a counter with and without its lock.
new_lesson() {
    mkdir -p "lessons/$1"
    cp -r "$project/lessons/must.h" lessons/
    cat >"lessons/$1/correct.c" <<'E'
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int count;

static void *add(void *unused) {
    pthread_mutex_lock(&lock);
    count++;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", count);
}
E
    sed -e '/lock/d' -e 's|count++;|& /* fault: data-race */|' "lessons/$1/correct.c" >"lessons/$1/broken.c"
    echo 2 >"lessons/$1/expected.txt"
    cat >"lessons/$1/lesson.ini" <<'E'
[lesson]
title = A test
part = Threads
summary = Two threads add one each.

[correct.c]
output = expected.txt

[broken.c]
fault = data-race
must-see = tsan helgrind explore
may-see = native
blind.asan = It watches memory, not order.
E
}

# new_exercise N-SLUG: the lesson above with an exercise: votes that two threads count, and the lock that
# the shipped file forgets.
new_exercise() {
    new_lesson "$1"
    mkdir -p "solutions/$1"
    cp "$project/lessons/drive.h" lessons/
    sed -i 's/^summary.*/&\nhint1 = Who adds?\nhint2 = Who adds at the same time?\nhint3 = Lock\n  it./' "lessons/$1/lesson.ini"
    cat >>"lessons/$1/lesson.ini" <<'E'

[exercise.c]
fault = data-race wrong-result
must-see = tsan helgrind explore
may-see = native
blind.asan = It watches memory, not order.
E
    cat >"lessons/$1/exercise.h" <<'E'
#include <pthread.h>

struct tally {
    pthread_mutex_t lock;
    int votes;
};

void tally_add(struct tally *tally, int votes);
E
    cat >"lessons/$1/exercise.c" <<'E'
#include "exercise.h"

void tally_add(struct tally *tally, int votes) {
    tally->votes += votes;
}
E
    cp "lessons/$1/exercise.c" "solutions/$1/shipped.c"
    cat >"solutions/$1/exercise.c" <<'E'
#include "exercise.h"

void tally_add(struct tally *tally, int votes) {
    pthread_mutex_lock(&tally->lock);
    tally->votes += votes;
    pthread_mutex_unlock(&tally->lock);
}
E
    cat >"lessons/$1/drive.c" <<'E'
#include "drive.h"
#include "exercise.h"

static struct tally tally = {.lock = PTHREAD_MUTEX_INITIALIZER};
static int votes;

static void *vote(void *unused) {
    tally_add(&tally, votes);
    return unused;
}

int main(void) {
    pthread_t threads[2];
    votes = 1 + (int)drive_number(9);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, vote, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    check(tally.votes == 2 * votes, "%d votes \"\xe9\\ were counted as %d", 2 * votes, tally.votes);
    drive_done();
    return 0;
}
E
}
