# Verdicts for editors and for CI: gcc's form, annotations of GitHub, SARIF.

load helper

write_race() {
    write_program "${1:-race.c}" <<'X'
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
X
}

write_clean() { echo 'int main(void) { return 0; }' >"./${1:-clean.c}"; }

# One kind at a line, one without a line: helgrind's report of a gated lock order is only a note.
write_gated() {
    write_program gated.c <<'X'
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
X
}

# forge_verdict JQ FILE.c: what the harness keeps of FILE.c, changed by JQ and signed again, is what it reports
# when it is asked again.
forge_verdict() {
    rm -rf "$BATS_TEST_TMPDIR/build/cache"
    "$interleave" run --engines native,tsan "$2" >/dev/null || true
    forge "$1" "$(echo "$BATS_TEST_TMPDIR"/build/cache/*.json)"
}

# forge JQ KEPT: the same for a verdict that is kept already.
forge() {
    [[ -x ../sum ]] || cc -x c - -o ../sum -lxxhash <<'X'
#include <stdio.h>
#include <xxhash.h>
int main(void) {
    static char bytes[1 << 24];
    XXH128_canonical_t sum;
    XXH128_canonicalFromHash(&sum, XXH3_128bits(bytes, fread(bytes, 1, sizeof bytes, stdin)));
    for (unsigned i = 0; i < sizeof sum.digest; i++)
        printf("%02x", sum.digest[i]);
}
X
    local verdict
    verdict=$(jq -cSj ".verdict | .results[].seconds = 1 | $1" "$2" | sed -E 's/\\u00(..)/\\u00\U\1/g') # as jansson
    printf '{"sum":"%s","verdict":%s}' "$(printf %s "$verdict" | ../sum)" "$verdict" >"$2"
}

# Every kind of fault, one at a line each but the last, reported by tsan.
every_kind() {
    local kinds
    kinds=$(sed -n 's/^ *\[FAULT_[A-Z_]*\] = {"\([a-z-]*\)".*/\1/p' "$project/harness/fault.c")
    printf '.results[1].outcome = 1 | .results[1].faults = [%s]' "$(jq -Rsc 'split("\n")[:-1] | to_entries
        | map({kind: .value, engine: "tsan", message: "It is a \(.value).",
            places: [{file: ($file), line: (.key + 1), function: "add", thread: "T1", action: "does it"}]})
        | .[-1].places = []' --arg file "$PWD/race.c" <<<"$kinds" | sed 's/^\[//; s/\]$//')"
}

count_lines() { if [[ $1 ]]; then wc -l <<<"$1"; else echo 0; fi; }

# gcc

gcc_line='^(.+):([0-9]+):([0-9]+): (error|warning|note): (.+) \[([a-z-]+)\]$'

assert_gcc_lines() {
    local line
    while IFS= read -r line; do assert_regex "$line" "$gcc_line"; done <<<"$output"
}

@test "gcc: a fault is one error at its line and column, its other places are notes" {
    write_race
    judge --format gcc --engines tsan,explore race.c
    assert_equal "$status" 1
    assert_equal "$stderr" ""
    assert_gcc_lines
    # Which of the two accesses is told of depends on the schedule.
    assert_regex "$(sed -E "s/$gcc_line/\1 \2 \3 \4 \6/" <<<"$output" | tr '\n' '|')" \
        '^race.c (4 2 error data-race\|race.c 8 5|8 5 error data-race\|race.c 4 2) note data-race\|$'
    assert_contains "$output" "(seen by tsan and explore)"
}

@test "gcc: nothing for a clean program" {
    write_clean
    judge --format gcc --engines native,tsan clean.c
    assert_equal "$status" 0
    assert_equal "$output$stderr" ""
}

@test "gcc: a program that the compiler rejects has an error at the compiler's line, and no warnings" {
    printf 'int main(void) {\n    return oops;\n}\n' >wrong.c
    judge --format gcc wrong.c
    assert_equal "$status" 1
    assert_regex "$output" '^wrong\.c:2:[0-9]+: error: .*oops.*\(seen by compiler\) \[compile-error\]$'
    assert_equal "$(count_lines "$output")" 1
}

@test "gcc: engines that could not judge for the same reason are one warning on the file" {
    write_clean
    INTERLEAVE_CC=/nonexistent/clang judge --format gcc --engines native,tsan clean.c
    assert_equal "$status" 2
    assert_regex "$output" '^clean\.c:1:1: warning: native and tsan could not judge: .*not installed.* \[unjudged\]$'
    assert_equal "$(count_lines "$output")" 1
}

@test "gcc: a fault without a line is on the first line of the first file, a refuted report is a note" {
    write_gated
    judge --format gcc --engines native,tsan gated.c
    assert_gcc_lines
    assert_regex "$output" $'gated\.c:1:1: error: [^\n]+ \[wrong-exit\]'
    assert_regex "$output" $'gated\.c:[0-9]+:5: note: no fault: [^\n]+ \(reported by tsan\) \[lock-order\]'
    refute_regex "$output" $'error: [^\n]+ \[lock-order\]'
}

@test "gcc: every kind of fault is a line with its name, and hostile words stay on it" {
    write_race
    forge_verdict "$(every_kind) | .results[1].faults[].message += \"\\n\\u001b[31mx.c:1:1: error: forged [crash]\\r\"" race.c
    judge --format gcc --engines native,tsan race.c
    assert_gcc_lines
    assert_equal "$(sed -nE "s/$gcc_line/\6/p" <<<"$output" | sort)" \
        "$(jq -r '."$defs".kind.enum[]' "$project/docs/verdict.schema.json" | sort)"
    refute_regex "$output" $'\e'
}

@test "gcc: lesson marks what is broken on purpose with notes, check does not; what is not as expected is an error" {
    new_lesson 01-test
    run --separate-stderr "$interleave" lesson 1 --lessons lessons --format gcc --engines tsan
    assert_success
    assert_regex "$output" '^lessons/01-test/broken\.c:[0-9]+:[0-9]+: note: broken on purpose: .*\[data-race\]'
    refute_regex "$output" error
    run --separate-stderr "$interleave" check --lessons lessons --format gcc --engines tsan
    assert_success
    assert_output ""
    sed -i 's/pthread_mutex_lock(&lock);//; s/pthread_mutex_unlock(&lock);//' lessons/01-test/correct.c
    sed -i 's/count++;/(void)count;/' lessons/01-test/broken.c
    run --separate-stderr "$interleave" check --lessons lessons --format gcc --engines tsan
    assert_failure 1
    assert_regex "$output" $'(^|\n)lessons/01-test/correct\.c:9:5: error: [^\n]*\[data-race\]'
    line=$(grep -n '^fault' lessons/01-test/lesson.ini | cut -d: -f1)
    assert_regex "$output" "(^|"$'\n'")lessons/01-test/lesson\.ini:$line:1: error: 01-test/broken\.c: tsan must find a data-race .*\[expectation\]"
}

@test "gcc: what is not expected is an error also at a line that takes part in what is" {
    new_lesson 01-test
    check() { run --separate-stderr "$interleave" check --lessons lessons --format gcc --engines native,tsan; }
    check
    assert_success
    local place=$'(.places[0] | .line = 1)'
    forge ".results[1].faults[0] |= (.places += [$place]) | .results[1].faults += [.results[1].faults[0] | .places = [$place]]" \
        "$(grep -l '"data-race"' "$BATS_TEST_TMPDIR"/build/cache/*.json)"
    check
    assert_failure 1
    assert_regex "$output" '^lessons/01-test/broken\.c:1:1: error: [^'$'\n'']*\[data-race\]$'
}

@test "gcc: a place that takes part twice is told once, and only places with a file are" {
    write_race
    forge_verdict '.results[1].outcome = 1 | .results[1].faults[0].places |= [.[0], .[1], .[1], (.[1] | .thread = "T7"), (.[1] | .file = null)]' race.c
    judge --format gcc --engines native,tsan race.c
    assert_gcc_lines
    assert_equal "$(sed -E "s/$gcc_line/\4/" <<<"$output" | tr '\n' ' ')" "error note note "
}

@test "gcc: a newline in a name does not end the line" {
    echo 'int main(void) { return 1; }' >$'a\nb.c'
    judge --format gcc --engines native $'a\nb.c'
    assert_regex "$output" '^a b\.c:1:1: error: .* \[wrong-exit\]$'
    assert_equal "$(count_lines "$output")" 1
}

@test "gcc: an exercise's faults are errors, with and without a file of the student's" {
    new_exercise 01-test
    run --separate-stderr "$interleave" exercise 1 --lessons lessons --format gcc --engines tsan
    assert_failure 1
    assert_regex "$output" '^lessons/01-test/exercise\.c:4:5: error: .*\[data-race\]'
    cp lessons/01-test/exercise.c mine.c
    run --separate-stderr "$interleave" exercise 1 mine.c --lessons lessons --format gcc --engines tsan
    assert_regex "$output" '^mine\.c:4:5: error: .*\[data-race\]'
}

# GitHub

# annotations: what GitHub's runner makes of $output: "command|file|line|title|message", with one line for each.
annotations() {
    run --separate-stderr python3 - <(echo "$output") <<'X'
import re, sys
for line in open(sys.argv[1], encoding="utf-8", newline="\n").read().split("\n")[:-1]:
    command, properties, data = re.fullmatch(r"::(\w+) ([^\r]*?)::(.*)", line).groups()
    pairs = dict(pair.split("=", 1) for pair in properties.split(","))
    for name in pairs:
        for code, char in ("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"):
            pairs[name] = pairs[name].replace(code, char)
    for code, char in ("%0D", "\r"), ("%0A", "\n"), ("%25", "%"):
        data = data.replace(code, char)
    print(command, pairs["file"], pairs.get("line", "-"), pairs["title"], repr(data), sep="|")
X
    assert_equal "$stderr" ""
}

@test "github: a fault is an error at its line, with its other places in the message" {
    write_race
    judge --format github --engines tsan race.c
    assert_equal "$status" 1
    assert_regex "$output" '^::error file=race\.c,line=(4,col=2|8,col=5),title=data-race::'
    annotations
    assert_regex "$output" '^error\|race\.c\|[48]\|data-race\|.*`count`.*\(seen by tsan\)\\nrace\.c:[48]  T[12] in (add|subtract): .*$'
    assert_equal "$(count_lines "$output")" 1
}

@test "github: a clean program has no annotation" {
    write_clean
    judge --format github --engines native clean.c
    assert_equal "$status" 0
    assert_equal "$output" ""
}

@test "github: an engine that could not judge is a warning, a refuted report a notice" {
    write_gated
    PATH=$(path_without valgrind) judge --format github --engines native,tsan,helgrind gated.c
    annotations
    assert_regex "$output" $'(^|\n)warning\|gated\.c\|-\|unjudged\|.helgrind could not judge: valgrind is not installed'
    assert_regex "$output" $'(^|\n)notice\|gated\.c\|[0-9]+\|lock-order\|.no fault: '
    assert_regex "$output" $'(^|\n)error\|gated\.c\|-\|wrong-exit\|'
}

@test "github: names and messages with quotes, colons, commas, percent signs and newlines come back whole" {
    local name=$'50%2C, a:b ::error file=x::"\'.c'
    write_race "$name"
    judge --format github --engines tsan "$name"
    assert_equal "$(count_lines "$output")" 1
    annotations
    assert_regex "$output" '^error\|50%2C, a:b ::error file=x::"'"'"'\.c\|[48]\|data-race\|'
    name=$'two\r\nlines.c'
    echo 'int main(void) { return 1; }' >"$name"
    judge --format github --engines native "$name"
    assert_equal "$(count_lines "$output")" 1
    annotations
    assert_regex "$output" $'^error\\|two\r\nlines\\.c\\|-\\|wrong-exit\\|'
    mv "$name" $'\e[2J.c'
    judge --format github --engines native $'\e[2J.c'
    assert_regex "$output" '^::error file=%1B\[2J\.c,title=wrong-exit::'
    write_race
    forge_verdict '.results[1].faults[0].message = "100%0A\r\n::error::forged \u001b[2J"' race.c
    judge --format github --engines native,tsan race.c
    assert_equal "$(count_lines "$output")" 1
    annotations
    assert_regex "$output" '^error\|race\.c\|[48]\|data-race\|.100%0A. ::error::forged .\[2J'
}

@test "github: check is silent about what is broken on purpose, and names what is not as it should be" {
    new_exercise 01-test
    run --separate-stderr "$interleave" check --lessons lessons --format github --engines tsan
    assert_success
    assert_output ""
    sed -i 's/pthread_mutex_lock(&tally->lock);//; s/pthread_mutex_unlock(&tally->lock);//' solutions/01-test/exercise.c
    run --separate-stderr "$interleave" check --lessons lessons --format github --engines tsan
    assert_failure 1
    annotations
    assert_regex "$output" '^error\|.*solutions/01-test/exercise\.c\|5\|data-race\|'
}

# SARIF

# assert_sarif: $output is SARIF as tests/sarif.schema.json has it, and hangs together.
assert_sarif() {
    run --separate-stderr python3 - "$BATS_TEST_DIRNAME/sarif.schema.json" <(echo "$output") <<'X'
import json, sys
from jsonschema import Draft202012Validator
schema, log = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:])
Draft202012Validator.check_schema(schema)
for error in Draft202012Validator(schema).iter_errors(log):
    print("/".join(map(str, error.absolute_path)) + ": " + error.message)
    sys.exit()
run = log["runs"][0]
rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
if len(set(rules)) < len(rules):
    print("a rule is there twice")
prints = [str(result["partialFingerprints"]) for result in run["results"]]
if len(set(prints)) < len(prints):
    print("two results have the same fingerprint")
for result in run["results"]:
    if rules[result["ruleIndex"]] != result["ruleId"]:
        print("ruleIndex of", result["ruleId"])
    ids = [location["id"] for location in result.get("relatedLocations", [])]
    if ids != list(range(1, len(ids) + 1)):
        print("ids of related locations", ids)
    for flow in result.get("codeFlows", []):
        orders = [[step["executionOrder"] for step in thread["locations"]] for thread in flow["threadFlows"]]
        if any(order != sorted(order) for order in orders):
            print("a thread goes back in time")
        together = sorted(sum(orders, []))
        if together != list(range(together[0], together[0] + len(together))):
            print("steps are missing or twice", together)
X
    assert_equal "$stderr" ""
    assert_output ""
}

@test "sarif: a clean program has no results, and the invocation was successful" {
    write_clean
    judge --format sarif --engines native,tsan clean.c
    assert_equal "$status" 0
    assert_equal "$(field '.runs[0] | [.results, .invocations[0].executionSuccessful, .invocations[0].exitCode,
        .artifacts[0].location.uri] | tojson')" '[[],true,0,"clean.c"]'
    assert_sarif
}

@test "sarif: a race has its line, the other access, and a flow for each thread of the schedule" {
    write_race
    judge --format sarif --engines tsan,explore race.c
    assert_equal "$status" 1
    assert_equal "$(field '.runs[0].results | length')" 1
    assert_equal "$(field '.runs[0].results[0] | [.ruleId, .level, .properties.engines] | tojson')" \
        '["data-race","error","tsan and explore"]'
    assert_equal "$(field '.runs[0].results[0] | [.locations[0], .relatedLocations[0]] | map(.physicalLocation.region)
        | sort_by(.startLine) | map(.startLine, .startColumn, .snippet.text) | tojson')" \
        '[4,2,"count++; // first of two",8,5,"count--; /* the other one */"]'
    assert_equal "$(field '.runs[0].results[0].codeFlows[0].threadFlows | map(.id) | sort | join(" ")')" "T1 T2 main"
    assert_equal "$(field '[.runs[0].results[0].codeFlows[0].threadFlows[].locations[]
        | select(.importance == "essential").location.physicalLocation.region.startLine] | unique | join(" ")')" "4 8"
    assert_contains "$(field '.runs[0].results[0].codeFlows[0].message.text')" "A schedule on which it happens: "
    assert_sarif
}

@test "sarif: the rules are the kinds of fault, each with a sentence" {
    write_clean
    judge --format sarif --engines native clean.c
    assert_equal "$(field '.runs[0].tool.driver.rules[].id')" \
        "$(jq -r '."$defs".kind.enum[]' "$project/docs/verdict.schema.json"; printf '%s\n' expectation refused)"
}

@test "sarif: every kind of fault is a result of its rule, hostile words and all" {
    write_race
    forge_verdict "$(every_kind) | .results[1].faults[].message += \"\\n\\u001b\\u0001\\\"\\\\ {0} %20\"" race.c
    judge --format sarif --engines native,tsan race.c
    assert_equal "$(field '[.runs[0].results[].ruleId] | sort | .[]')" \
        "$(jq -r '."$defs".kind.enum[]' "$project/docs/verdict.schema.json" | LC_ALL=C sort)"
    assert_sarif
}

@test "sarif: rejected by the compiler" {
    echo 'int main(void) { return oops; }' >wrong.c
    judge --format sarif wrong.c
    assert_equal "$(field '.runs[0] | [.results[].ruleId, .invocations[0].executionSuccessful] | tojson')" \
        '["compile-error",true]'
    assert_sarif
}

@test "sarif: an engine that could not judge is a notification, and the invocation was not successful" {
    write_race
    PATH=$(path_without valgrind) judge --format sarif --engines tsan,helgrind race.c
    assert_equal "$status" 1
    assert_equal "$(field '.runs[0].invocations[0] | [.executionSuccessful, .exitCode,
        .toolExecutionNotifications[0].level] | tojson')" '[false,1,"error"]'
    assert_contains "$(field '.runs[0].invocations[0].toolExecutionNotifications[0].message.text')" \
        "helgrind could not judge: valgrind is not installed"
    assert_equal "$(field '[.runs[0].results[].ruleId] | join(" ")')" data-race
    assert_sarif
}

@test "sarif: what the explorer does not model is a notification of a successful invocation" {
    write_program forks.c <<'X'
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
    if (fork() == 0)
        _exit(0);
    wait(NULL);
}
X
    judge --format sarif --engines native,explore forks.c
    assert_equal "$status" 0
    assert_equal "$(field '.runs[0].invocations[0] | [.executionSuccessful,
        .toolExecutionNotifications[].level] | tojson')" '[true,"note"]'
    assert_sarif
}

@test "sarif: a refuted report is informational, of no level" {
    write_gated
    judge --format sarif --engines native,tsan gated.c
    assert_equal "$(field '[.runs[0].results[] | "\(.ruleId) \(.kind) \(.level)"] | sort | join(", ")')" \
        "lock-order informational none, wrong-exit fail error"
    assert_sarif
}

@test "sarif: URIs of names with blanks, percent signs, quotes, newlines and bytes that are no UTF-8" {
    local name=$'a b%41:"\n\xe9?#.c'
    write_race "$name"
    judge --format sarif --engines tsan "$name"
    assert_equal "$(field '.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri')" \
        'a%20b%2541%3A%22%0A%E9%3F%23.c'
    assert_equal "$(field '.runs[0].artifacts[0].location.uri')" 'a%20b%2541%3A%22%0A%E9%3F%23.c'
    assert_sarif
}

@test "sarif: paths are relative to the working directory without dots, or else file URIs" {
    write_race
    write_clean unused.c
    mkdir -p below/deeper
    judge --format sarif --engines tsan below/.././race.c
    assert_equal "$(field '.runs[0] | .results[0].locations[0].physicalLocation.artifactLocation.uri,
        .artifacts[0].location.uri')" $'race.c\nrace.c'
    assert_sarif
    cd below/deeper
    judge --format sarif --engines tsan ../../race.c
    assert_equal "$(field '.runs[0].artifacts[0].location.uri')" "file://${PWD%/below/deeper}/race.c"
    assert_equal "$(field '.runs[0].originalUriBaseIds."%SRCROOT%".uri')" "file://$PWD/"
    assert_sarif
}

@test "sarif: a fingerprint outlives lines that are added above, and tells equal lines apart" {
    write_race
    judge --format sarif --engines tsan race.c
    first=$(field '.runs[0].results[0].partialFingerprints')
    sed -i '1i // one\n// two' race.c
    judge --format sarif --engines tsan race.c
    assert_regex "$(field '.runs[0].results[0] | .locations[0].physicalLocation.region.startLine')" '^(6|10)$'
    assert_equal "$(field '.runs[0].results[0].partialFingerprints')" "$first"
    sed -i 's/count--/count = 7/' race.c
    judge --format sarif --engines tsan race.c
    [[ $(field '.runs[0].results[0].partialFingerprints') != "$first" ]] || fail "another fault has the same fingerprint"
    printf '%s\n' 'int main(void) { }' 'int x;' 'int x;' >twice.c
    forge_verdict '.results[1].outcome = 1 | .results[1].faults = [2, 3 | {kind: "leak", engine: "tsan", message: "It leaks.",
        places: [{file: "'"$PWD"'/twice.c", line: ., function: null, thread: null, action: null}]}]' twice.c
    judge --format sarif --engines native,tsan twice.c
    assert_equal "$(field '.runs[0].results | length')" 2
    assert_sarif
}

@test "sarif: of a long schedule the last thousand steps" {
    write_race
    forge_verdict '.results[1].outcome = 1 | .results[1].faults[0].exploration = {schedule: "1:2", trace:
        [range(1500) | {step: ., thread: (if . % 2 == 0 then "main" else "T1" end), does: "writes", object: "x", object_kind: null,
            note: "", file: (if . == 1499 then null else "'"$PWD"'/race.c" end), line: 4, function: "add"}]}' race.c
    judge --format sarif --engines native,tsan race.c
    assert_equal "$(field '[.runs[0].results[0].codeFlows[0].threadFlows[].locations[].executionOrder] | [length, min, max] | tojson')" \
        '[1000,501,1500]'
    assert_sarif
}

@test "sarif of check: what is broken on purpose is suppressed, what is not as expected is not" {
    new_lesson 01-test
    sed -i 's/^must-see.*/must-see = tsan helgrind explore native/; s/^may-see.*//' lessons/01-test/lesson.ini
    run --separate-stderr "$interleave" check --lessons lessons --format sarif --engines native,tsan
    assert_failure 1
    assert_equal "$(field '[.runs[0].results[] | "\(.ruleId) \(.suppressions[0].kind)"] | join(", ")')" \
        "data-race inSource, expectation null"
    assert_equal "$(field '.runs[0].results[1].locations[0].physicalLocation | .artifactLocation.uri,
        (.region | has("startLine"))')" $'lessons/01-test/lesson.ini\ntrue'
    assert_equal "$(field '[.runs[0].artifacts[].location.uri] | join(" ")')" \
        "lessons/01-test/correct.c lessons/01-test/broken.c"
    assert_sarif
}

@test "the schema for SARIF is strict: it rejects what code scanning would not understand" {
    now_and_then
    write_race
    PATH=$(path_without valgrind) judge --format sarif --engines tsan,explore,helgrind race.c
    local log=$output change
    for change in '.version = "2.0"' '.runs = []' 'del(.runs[0].tool)' 'del(.runs[0].results)' '.runs[0].extra = 1' \
        '.runs[0].results[0].ruleIndex = 3' '.runs[0].results[0].ruleId = "race"' '.runs[0].results[0].level = "bad"' \
        'del(.runs[0].results[0].message)' '.runs[0].results[0].locations = []' \
        '.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0' \
        '.runs[0].artifacts[0].location.uri = "a b.c"' '.runs[0].artifacts[0].location.uri = "../race.c"' \
        'del(.runs[0].artifacts[0].location.uriBaseId)' '.runs[0].originalUriBaseIds."%SRCROOT%".uri = "file:///here"' \
        'del(.runs[0].invocations[0].executionSuccessful)' '.runs[0].results[1] = .runs[0].results[0]' \
        '.runs[0].results[0].codeFlows[0].threadFlows = []' 'del(.runs[0].results[0].partialFingerprints)' \
        '.runs[0].results[0].codeFlows[0].threadFlows[0].locations[0].executionOrder = 9999' \
        'del(.runs[0].invocations[0].toolExecutionNotifications[0].message)'; do
        output=$(jq "$change" <<<"$log")
        if (assert_sarif) &>/dev/null; then fail "the schema accepts $change"; fi
    done
    output=$log
    assert_sarif
}

# Formats

@test "an unknown format is refused with the names of those that there are" {
    write_clean
    judge --format xml clean.c
    assert_equal "$status" 2
    assert_says "--format xml: there are terminal, json"
    local format
    for format in tap markdown gcc github sarif; do assert_regex "$stderr" "(, | and )$format"; done
}

@test "list has none of the formats that are about verdicts" {
    for format in gcc github sarif; do
        run --separate-stderr "$interleave" list --format "$format"
        assert_refused "list has no --format $format"
    done
}
