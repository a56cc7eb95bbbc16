# What a reader gets, person or machine: JSON by its schema, TAP, and the terminal's text.

load helper

schema=$project/docs/verdict.schema.json

write_race() {
    write_program "${1:-race.c}" <<'E'
#include <pthread.h>
static int count;
static void *add(void *unused) {
	count++; // first of two
    return unused;
}
static void *subtract(void *unused) {
    count--; /* the other one */
    return unused;
}
int main(void) {
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, add, NULL);
    pthread_create(&threads[1], NULL, subtract, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
}
E
}

write_clean() { echo 'int main(void) { return 0; }' >"./${1:-clean.c}"; }

write_deadlock() {
    write_program "${1:-deadlock.c}" <<'E'
#include <pthread.h>
static struct account_of_a_customer {
    pthread_mutex_t lock_of_the_account_balance;
} accounts_of_all_customers[2] = {{PTHREAD_MUTEX_INITIALIZER}, {PTHREAD_MUTEX_INITIALIZER}};
static pthread_barrier_t meeting;
static void *transfer_from_account_to_the_other_account(void *argument) {
    long from = (long)argument;
    pthread_mutex_lock(&accounts_of_all_customers[from].lock_of_the_account_balance);
    pthread_barrier_wait(&meeting);
    pthread_mutex_lock(&accounts_of_all_customers[1 - from].lock_of_the_account_balance);
    return NULL;
}
int main(void) {
    pthread_t threads[2];
    pthread_barrier_init(&meeting, NULL, 2);
    for (long i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, transfer_from_account_to_the_other_account, (void *)i);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}
E
}

# JSON

# assert_valid: the JSON in $output follows the schema.
assert_valid() {
    run --separate-stderr python3 - "$schema" <(echo "$output") <<'E'
import json, sys
from jsonschema import Draft202012Validator
schema, report = (json.load(open(name)) for name in sys.argv[1:])
Draft202012Validator.check_schema(schema)
for error in Draft202012Validator(schema).iter_errors(report):
    print("/".join(map(str, error.absolute_path)) + ": " + error.message)
E
    assert_equal "$stderr" ""
    assert_output ""
}

@test "JSON of a clean program follows the schema" {
    write_clean
    judge_json clean.c
    assert_verdict clean
    assert_valid
}

@test "JSON of a faulty program follows the schema: a race, with notes" {
    write_race
    judge_json race.c
    assert_verdict faulty
    assert_valid
}

@test "JSON of a faulty program follows the schema: a hang, seen by every engine" {
    write_deadlock
    judge_json deadlock.c
    assert_kinds deadlock
    assert_valid
}

@test "JSON of a faulty program follows the schema: faults without a line, and last words that are no UTF-8" {
    write_program rude.c <<'E'
#include <stdio.h>
int main(void) {
    fputs("caf\xe9 \x01\x1b[31m \"quoted\" \\", stderr);
    return 3;
}
E
    judge_json rude.c
    assert_kinds wrong-exit
    assert_valid
}

@test "JSON of a faulty program follows the schema: rejected by the compiler, and by the linker" {
    echo 'int main(void) { return oops; }' >wrong.c
    judge_json wrong.c
    assert_kinds compile-error
    assert_valid
    echo 'int oops(void); int main(void) { return oops(); }' >wrong.c
    judge_json wrong.c
    assert_kinds compile-error
    assert_valid
}

@test "JSON of an unjudged program follows the schema" {
    write_clean
    PATH=$(path_without valgrind) judge_json --engines native,helgrind clean.c
    assert_verdict unjudged
    assert_valid
}

@test "JSON of a faulty program with a note follows the schema" {
    write_program gated.c <<'E'
#include <pthread.h>
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
int main(void) {
    pthread_mutex_lock(&left);
    pthread_mutex_lock(&right);
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    pthread_mutex_lock(&right);
    pthread_mutex_lock(&left);
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    return 1;
}
E
    judge_json --engines native,tsan gated.c
    assert_kinds wrong-exit
    assert_equal "$(field '.programs[0].notes[0].kind')" lock-order
    assert_valid
}

@test "JSON of lesson and check follows the schema, met and not met" {
    new_lesson 01-test
    run --separate-stderr "$interleave" lesson 1 --lessons lessons --format json --engines native,tsan
    assert_equal "$(field '[.programs[].expectation] | join(" ")')" "met met"
    assert_equal "$(field '[.programs[].name] | join(" ")')" "01-test/correct.c 01-test/broken.c"
    assert_valid
    cp lessons/01-test/broken.c lessons/01-test/correct.c
    sed -i 's| /\*.*||' lessons/01-test/correct.c
    run --separate-stderr "$interleave" check --lessons lessons --format json --engines native,tsan
    assert_equal "$(field '[.programs[].expectation] | join(" ")')" "not-met met"
    assert_valid
}

@test "the schema is strict: it rejects what the harness must never write" {
    new_lesson 01-test
    run --separate-stderr "$interleave" check --lessons lessons --format json --engines native,tsan
    local report=$output change
    for change in 'del(.programs)' '.version = 1' '.programs = []' '.programs[0].verdict = "good"' \
        '.programs[0].verdict = "unjudged"' '.programs[0].verdict = "faulty"' '.programs[1].verdict = "clean"' \
        '.programs[0].extra = 1' 'del(.programs[0].notes)' '.programs[0].engines.gcc = .programs[0].engines.tsan' \
        '.programs[0].engines.tsan.outcome = "faults"' '.programs[0].engines.tsan.outcome = "unavailable"' \
        '.programs[0].engines.tsan.reason = ""' '.programs[0].engines.tsan.seconds = -1' '.programs[0].engines = {}' \
        '.programs[1].faults = []' '.programs[1].faults[0].kind = "race"' '.programs[1].faults[0].engine = "me"' \
        '.programs[1].faults[0].message = null' '.programs[1].faults[0].places[0].line = 0' \
        '.programs[1].faults[0].places[0].column = 4' 'del(.programs[1].faults[0].places[0].thread)' \
        '.programs[0].expectation = "not-met"' '.programs[0].problems = ["one"]' 'del(.programs[0].problems)'; do
        output=$(jq "$change" <<<"$report")
        if (assert_valid) &>/dev/null; then fail "the schema accepts $change"; fi
    done
    output=$report
    assert_valid
}

@test "the schema knows the harness's kinds of fault, neither more nor fewer" {
    assert_equal "$(jq -r '."$defs".kind.enum[]' "$schema")" \
        "$(sed -n 's/^ *\[FAULT_[A-Z_]*\] = {"\([a-z-]*\)".*/\1/p' "$project/harness/fault.c")"
}

@test "run A.c B.c is one program of two files" {
    echo 'int answer(void); int main(void) { return answer() - 42; }' >ask.c
    echo 'int answer(void); int answer(void) { return 42; }' >answer.c
    judge_json ask.c answer.c
    assert_equal "$status" 0
    assert_equal "$(field '[.programs[].name] | join("|")')" "ask.c answer.c"
}

@test "the same program twice gives the same verdict, kinds, engines and lines" {
    write_race
    judge_json --fresh race.c
    first=$(field '[.programs[0] | .verdict, (.engines | map_values(.outcome)),
        ([.faults[] | "\(.engine) \(.kind) \([.places[].line] | unique)"] | unique)]')
    judge_json --fresh race.c
    assert_equal "$(field '[.programs[0] | .verdict, (.engines | map_values(.outcome)),
        ([.faults[] | "\(.engine) \(.kind) \([.places[].line] | unique)"] | unique)]')" "$first"
}

@test "places are relative to the working directory when they lie below it, else absolute" {
    mkdir below
    write_race below/race.c
    judge_json --engines tsan below/race.c
    assert_equal "$(field '.programs[0].faults[0].places[0].file')" below/race.c
    judge_json --engines tsan "$PWD/below/race.c"
    assert_equal "$(field '.programs[0].faults[0].places[0].file')" below/race.c
    file=$PWD/below/race.c
    cd /
    judge_json --engines tsan "$file"
    assert_equal "$(field '.programs[0].faults[0].places[0].file' | sed 's|^/||')" "${file#/}"
}

# TAP

# parse_tap: what a TAP parser makes of $output, "ok 1 - name" and so on, and the parser's complaints.
parse_tap() {
    run --separate-stderr perl -MTAP::Parser -e 'local $/;
        my $parser = TAP::Parser->new({tap => <STDIN>});
        while (my $result = $parser->next) {
            print join("|", $result->is_ok ? "ok" : "not ok", $result->number, $result->description,
                $result->directive), "\n" if $result->is_test;
        }
        print "error: $_\n" for $parser->parse_errors;' <<<"$output"
    assert_equal "$stderr" ""
}

@test "TAP of run: one test, ok when the program is clean" {
    write_clean
    judge --format tap --engines native clean.c
    assert_equal "$status" 0
    parse_tap
    assert_output "ok|1|- clean.c|"
}

@test "TAP of run: not ok for a faulty program, with each fault as a comment" {
    write_race
    judge --format tap --engines tsan race.c
    assert_equal "$status" 1
    assert_regex "$output" $'\n# data-race: .*race.c:4'
    parse_tap
    assert_output "not ok|1|- race.c|"
}

@test "TAP of run: not ok for a program that could not be judged, with the reason" {
    write_clean
    PATH=$(path_without valgrind) judge --format tap --engines helgrind clean.c
    assert_equal "$status" 2
    assert_regex "$output" $'\n# helgrind unavailable: valgrind is not installed'
    parse_tap
    assert_output "not ok|1|- clean.c|"
}

@test "TAP: a name that looks like a directive is none" {
    write_race 'race # SKIP.c'
    judge --format tap --engines tsan 'race # SKIP.c'
    assert_equal "$status" 1
    parse_tap
    assert_equal "$(cut -d'|' -f1,2,4 <<<"$output")" "not ok|1|"
}

@test "TAP of check: a test for each program, with the problems of those that fail" {
    new_lesson 01-test
    sed -i 's/count++/(void)count/' lessons/01-test/broken.c
    run --separate-stderr "$interleave" check --lessons lessons --format tap --engines native,tsan
    assert_equal "$status" 1
    assert_regex "$output" $'\n# tsan must find a data-race'
    parse_tap
    assert_output "ok|1|- 01-test/correct.c|
not ok|2|- 01-test/broken.c|"
}

# The terminal

# in_terminal COMMAND...: run in a terminal of 80 columns; $output is all that it sends there.
in_terminal() {
    local columns=${columns:-80}
    printf -v command '%q ' "$@"
    run script -qec "stty cols $columns rows 40; $command" /dev/null </dev/null
    output=${output//$'\r\n'/$'\n'}
}

escape=$'\e'

@test "colour in a terminal" {
    write_race
    export TERM=xterm-256color
    in_terminal "$interleave" run --engines tsan race.c
    assert_equal "$status" 1
    assert_contains "$output" "$escape[31m"
}

@test "no colour in a pipe, and no progress line" {
    write_race
    export TERM=xterm-256color
    judge --engines tsan race.c
    refute_regex "$output" "$escape"
    assert_equal "$stderr" ""
}

@test "no colour with NO_COLOR, which when empty means nothing" {
    write_race
    export TERM=xterm-256color
    in_terminal env NO_COLOR=1 "$interleave" run --engines tsan race.c
    refute_regex "$output" "$escape\[[0-9;]*m"
    assert_contains "$output" data-race
    in_terminal env NO_COLOR= "$interleave" run --engines tsan race.c
    assert_contains "$output" "$escape[31m"
}

@test "not one escape sequence in a dumb terminal" {
    write_race
    export TERM=dumb
    in_terminal "$interleave" run --engines tsan race.c
    refute_regex "$output" "$escape"
    assert_contains "$output" data-race
}

@test "a progress line shows while tools run, and is gone from the screen afterwards" {
    write_race
    printf '%q run --engines native,tsan race.c; echo done' "$interleave" >command
    run script -qec "TERM=xterm bash command" /dev/null </dev/null
    assert_contains "$output" "[1/2]" # else there is nothing to clear
    tmux -L interleave-$$ -f /dev/null new-session -d -x 80 -y 50 "bash command; tmux -L interleave-$$ wait-for -S over; read -r"
    tmux -L interleave-$$ wait-for over
    run tmux -L interleave-$$ capture-pane -p
    tmux -L interleave-$$ kill-server
    assert_output --partial "data-race"
    assert_output --partial "done"
    refute_output --partial "[1/2]"
    refute_output --partial "[2/2]"
    assert_regex "$output" "^race.c"
}

# assert_fits COLUMNS: no line of $output is wider, once the escape sequences and what they clear are gone.
# A command that is there to be copied stays on one line.
assert_fits() {
    run python3 -c 'import re, sys
for line in sys.stdin.read().split("\n"):
    line = re.sub("\x1b\\[[0-9;]*m", "", re.sub(".*\r\x1b\\[K", "", line)).expandtabs()
    if len(line) > int(sys.argv[1]) and not re.match(r"  \S+/interleave (replay \S+ .[^ ]*.|explain \S+)$", line):
        print(len(line), line)' "$1" <<<"$output"
    assert_output ""
}

@test "no line is wider than 80 columns: races, hangs, notes, lessons, check, help" {
    write_race
    write_deadlock
    new_lesson 01-test
    sed -i 's/blind.asan = .*/blind.asan = AddressSanitizer watches the life of memory, never the order in which threads touch it, and so it cannot see this./' \
        lessons/01-test/lesson.ini
    export TERM=xterm
    in_terminal "$interleave" run race.c
    assert_fits 80
    in_terminal "$interleave" run --engines native,helgrind deadlock.c
    assert_contains "$output" lock_of_the_account_balance
    assert_fits 80
    in_terminal "$interleave" lesson 1 --lessons lessons
    assert_contains "$output" "broken on purpose"
    assert_fits 80
    sed -i 's/^must-see.*/must-see = tsan/; s/^may-see.*/may-see = native helgrind explore/; s/fault: data-race/& /' lessons/01-test/lesson.ini
    sed -i 's/count++/(void)count/' lessons/01-test/broken.c
    in_terminal "$interleave" check --lessons lessons --engines tsan
    assert_contains "$output" "must find"
    assert_fits 80
    for command in '' run lesson check list doctor; do
        in_terminal "$interleave" $command --help
        assert_contains "$output" Usage
        assert_fits 80
    done
    in_terminal "$interleave" list
    assert_fits 80
}

@test "no line is wider than 80 columns: a long source line is cut, also one of wide letters and tabs" {
    write_race
    sed -i 's|// first of two|/* grüße an alle, die dies lesen, und noch viel mehr als das */ (void)"'"$(printf '%0200d' 0)"'";|' race.c
    sed -i '8s|^|\t\t\t\t(void)"'"$(printf '%0100d' 0)"'";|' race.c
    export TERM=xterm
    in_terminal "$interleave" run --engines tsan race.c
    assert_contains "$output" "4 | "
    assert_fits 80
}

@test "no line is wider than 80 columns: faults without a line, what an engine lacks, what the compiler says" {
    echo 'int main(void) { return this_identifier_has_a_rather_long_name_and_is_declared_nowhere; }' >wrong.c
    export TERM=xterm
    in_terminal "$interleave" run wrong.c
    assert_contains "$output" compile-error
    assert_fits 80
    write_clean
    PATH=$(path_without valgrind) in_terminal "$interleave" run clean.c
    assert_contains "$output" "not installed"
    assert_fits 80
    write_program talks.c <<'E'
#include <stdio.h>
int main(void) {
    for (int i = 0; i < 30; i++)
        fputs("many words ", stderr);
    return 1;
}
E
    in_terminal "$interleave" run --engines native talks.c
    assert_contains "$output" wrong-exit
    assert_fits 80
}

@test "a narrower terminal gets narrower lines" {
    write_race
    export TERM=xterm
    columns=60 in_terminal "$interleave" run race.c
    assert_contains "$output" data-race
    assert_fits 60
}

@test "the faulty source line is quoted with a caret under it, and the other thread's line below" {
    write_race
    judge --engines tsan race.c
    assert_regex "$output" "race.c:[48]  T[12] in (add|subtract).*race.c:[48]  T[12] in (add|subtract)"
    assert_contains "$output" $'     4 | \tcount++; // first of two\n       | \t^^^^^^^^\n'
    assert_contains "$output" $'     8 |     count--; /* the other one */\n       |     ^^^^^^^^\n'
}

@test "each fault says its kind, who saw it, and what the kind means" {
    write_race
    judge --engines tsan,helgrind race.c
    assert_contains "$output" "data-race  (seen by tsan and helgrind)"
    assert_contains "$(tr -s ' \n' ' ' <<<"$output")" "Two threads touch the same memory, at least one of them writes"
}

@test "a note says that it is no fault, and why" {
    write_program handoff.c <<'E'
#include <pthread.h>
#include <stdatomic.h>
static int message;
static atomic_int ready;
static void *send(void *unused) {
    message = 42;
    atomic_store(&ready, 1);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, send, NULL);
    while (!atomic_load(&ready))
        ;
    int result = message != 42;
    pthread_join(thread, NULL);
    return result;
}
E
    judge --engines tsan,helgrind handoff.c
    assert_equal "$status" 0
    assert_contains "$output" "note, no fault: helgrind"
    assert_contains "$(tr -s ' \n' ' ' <<<"$output")" "Helgrind does not know C11 atomics"
}

@test "a clean program is told in a line for each engine, with how often it ran" {
    write_clean
    judge clean.c
    assert_equal "$status" 0
    assert_line --index 0 --partial clean.c
    assert_regex "$output" $'\n  native +clean +[0-9]+ runs\n'
    for engine in tsan asan helgrind; do assert_regex "$output" "  $engine +clean +[0-9]+ runs"; done
}

@test "an unavailable engine is told with the remedy, and the program is not called clean" {
    write_clean
    PATH=$(path_without valgrind) judge --engines native,helgrind clean.c
    assert_equal "$status" 2
    assert_line --index 0 --partial "could not be judged"
    assert_contains "$(tr -s ' \n' ' ' <<<"$output")" "helgrind unavailable valgrind is not installed; run scripts/setup"
    refute_output --partial "no engine finds a fault"
}

@test "what to type next after a lesson can be typed: every file named is there" {
    new_lesson 01-test
    touch lessons/01-test/README.md
    run --separate-stderr "$interleave" lesson 1 --lessons lessons --engines native
    assert_contains "$output" $'\nNext\n'
    local word files=0
    for word in $(sed -n '/^Next$/,$p' <<<"$output"); do
        [[ $word == */* ]] || continue
        assert_file_exist "$word"
        files=$((files + 1))
    done
    ((files >= 3)) || fail "Next names $files files only"
}

@test "--keep leaves each tool's own report" {
    write_race
    judge --keep kept race.c
    assert_contains "$(cat kept/*/tsan/run-1/tsan.*)" "WARNING: ThreadSanitizer: data race"
    assert_contains "$(cat kept/*/helgrind/run-1/helgrind.xml)" "<kind>Race</kind>"
    write_program leak.c <<'E'
#include <stdio.h>
#include <stdlib.h>
int main(void) { puts("hello"); return malloc(7) == NULL; }
E
    judge --keep more --engines native,asan leak.c
    assert_contains "$(cat more/*/asan/run-1/asan.*)" "LeakSanitizer: detected memory leaks"
    assert_equal "$(cat more/*/native/run-1/stdout.txt)" hello
}

@test "lesson tells of each program what every engine saw, and why one is blind" {
    new_lesson 01-test
    run --separate-stderr "$interleave" lesson 1 --lessons lessons
    assert_equal "$status" 0
    assert_contains "$output" "Lesson 1: A test"
    assert_contains "$output" "Two threads add one each."
    assert_regex "$output" $'\ncorrect.c  correct: no engine finds a fault\n'
    assert_regex "$output" $'\nbroken.c  broken on purpose\n'
    assert_contains "$output" "data-race at broken.c:"
    assert_contains "$(tr -s ' \n' ' ' <<<"$output")" "It watches memory, not order."
}

@test "check tells one line a program, and the sum" {
    new_lesson 01-test
    run --separate-stderr "$interleave" check --lessons lessons --engines native,tsan
    assert_equal "$status" 0
    assert_regex "${lines[0]}" "^ok +01-test/correct.c +clean$"
    assert_regex "${lines[1]}" "^ok +01-test/broken.c +data-race, seen by tsan$"
    assert_equal "${lines[2]}" "2 programs, 2 as expected"
}
