# Hostile, cheating and odd submissions (tests/attacks/NN-slug/*.c) as one class: each gets the verdict that its first
# lines say, and around them nothing has changed.
#
#     /* attack: what it tries */     or /* odd: */: it is right, and must not be accused
#     /* verdict: WORDS */            refused, unjudged, correct, or the kinds of fault; all that is found is among them
#     /* behind the gate: WORDS */    what else finds it: some of this is found when the gate lets everything through
#
# All are graded once; then each test looks at the whole. ONLY='07-*' bats tests/attacks.bats takes lesson 7 alone.
# GATE=open bats tests/attacks.bats judges them with a gate that refuses nothing: what stands behind it? That takes long.

load helper
load whole_class

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return
    harness_of_the_file
    make_reaper
    boxed_or_not_at_all
    [[ ${GATE:-} != open ]] || open_gate
    decoys
    files_of_the_class
    files_made_here
    marks >before.marks
    sums >before.sums
    export GRADER_TOKEN=planted-token-4711
    printf 'int planted_input_4711;\n' | ./reaper left.txt "$interleave" grade class --out grades >graded.txt 2>graded.err || echo $? >graded.status
    marks >after.marks
    sums >after.sums
    verdicts_in grades >verdicts.tsv || true
}

# What is tested with the gate as it is, and what with an open one.
setup() {
    cd "$BATS_FILE_TMPDIR" || return
    if [[ ${GATE:-} == open && $BATS_TEST_NAME != *behind* ]]; then skip "the gate is open"; fi
    if [[ ${GATE:-} != open && $BATS_TEST_NAME == *behind* ]]; then skip "GATE=open is not set"; fi
}

open_gate() {
    cat >build/interleave-gate <<'G'
#!/bin/sh
echo '{"refusals":[],"compiles":true}'
G
}

# One of these programs sends a signal to every process that it may: where there is no sandbox, none of them is run.
boxed_or_not_at_all() {
    mkdir -p harmless/ann
    cp "$project/solutions/02-shared-counter/exercise.c" harmless/ann/02-shared-counter.c
    "$interleave" grade harmless --out harmless.out 3>&- >harmless.txt 2>&1 || true
    if ! jq -se 'all(.[]; .unsafe == false and (.sandbox == "A" or .sandbox == "B" or .sandbox == "C"))' \
        <(head -n 1 harmless.out/worklist.jsonl) harmless.out/records/*/*.json; then
        cat harmless.txt
        fail "submissions are not judged in a sandbox"
    fi
}

# Other people's files, which nobody may read or change.
decoys() {
    mkdir -p decoy/solutions/02-shared-counter decoy/bob/07-lock-order decoy/home/.ssh decoy/grades
    echo 'int planted_solution_4711;' >decoy/solutions/02-shared-counter/exercise.c
    echo 'int planted_neighbour_4711;' >decoy/bob/07-lock-order/exercise.c
    echo 'planted_key_4711' >decoy/home/.ssh/id
    echo 'student,points' >decoy/grades/grades.csv
    echo 'int planted_header_4711;' >/tmp/planted-4711.h
}

teardown_file() { rm -f /tmp/planted-4711.h; }

# attacks [PATTERN]: the files with that name, of those that are judged
attacks() {
    local file
    printf '%s\n' "$project"/tests/attacks/${ONLY:-*}/*.c | share | while read -r file; do
        # shellcheck disable=SC2053  # a pattern
        [[ $(basename "$file") != ${1:-*}.c ]] || echo "$file"
    done
}

# Each file is of a student of its own, who is called after it.
files_of_the_class() {
    local file lesson files
    mapfile -t files < <(attacks)
    for file in "${files[@]}"; do
        lesson=$(basename "$(dirname "$file")")
        mkdir -p "class/${lesson%%-*}-$(basename "$file" .c)/$lesson"
        cp "$file" "class/${lesson%%-*}-$(basename "$file" .c)/$lesson/exercise.c"
    done
}

# student NAME LESSON: $at is the place of the file.
student() {
    mkdir -p "class/$1/$2"
    at=class/$1/$2/exercise.c
}

# What cannot lie in a repository, is too large for one, or names files of this test.
files_made_here() {
    local good=$project/solutions/02-shared-counter/exercise.c name
    for name in solutions/02-shared-counter/exercise.c bob/07-lock-order/exercise.c home/.ssh/id; do
        student "made-includes-${name//[^a-z]/-}" 02-shared-counter
        printf '#include "%s/decoy/%s"\n' "$BATS_FILE_TMPDIR" "$name" | cat - "$good" >"$at"
    done
    student made-includes-temporary 02-shared-counter
    printf '#include "/tmp/planted-4711.h"\n' | cat - "$good" >"$at"
    student made-includes-neighbour 02-shared-counter
    printf '#include "../../made-one-line/02-shared-counter/exercise.c"\n' >"$at"
    student made-symlink-to-the-solution 02-shared-counter && ln -s "$good" "$at"
    student made-symlink-to-passwords 02-shared-counter && ln -s /etc/shadow "$at"
    student made-symlink-to-nothing 02-shared-counter && ln -s nowhere "$at"
    student made-symlink-in-a-circle 02-shared-counter && ln -s exercise.c "$at"
    mkdir -p class/made-symlink-folder && ln -s "$project/solutions/02-shared-counter" class/made-symlink-folder/02-shared-counter
    student made-fifo 02-shared-counter && mkfifo "$at"
    student made-device 02-shared-counter && { mknod "$at" c 1 5 2>/dev/null || ln -s /dev/zero "$at"; }
    student made-folder 02-shared-counter && mkdir "$at"
    student made-empty 02-shared-counter && : >"$at"
    student made-zeros 02-shared-counter && head -c 4096 /dev/zero >"$at"
    student made-noise 02-shared-counter && head -c 4096 /dev/urandom >"$at"
    student made-program 02-shared-counter && cp "$BATS_FILE_TMPDIR/reaper" "$at"
    student made-ten-megabytes 02-shared-counter && { cat "$good" && yes '/* nothing */' | head -c 10000000; } >"$at"
    student made-terabyte 02-shared-counter && truncate -s 1T "$at"
    student made-a-million-errors 02-shared-counter && yes 'x y;' | head -n 50000 >"$at"
    student made-a-million-warnings 02-shared-counter && { cat "$good" && seq -f 'static int unused_%.0f;' 30000; } >"$at"
    student made-an-error-behind-them 02-shared-counter && { cat "$good" && seq -f 'static int unused_%.0f;' 20000 && echo 'int x = ;'; } >"$at"
    student made-deep 02-shared-counter && { echo 'int deep = ' && yes '1+' | head -n 200000 && echo '1;'; } >"$at"
    student made-one-line 02-shared-counter && { printf 'char *text = "' && head -c 900000 /dev/zero | tr '\0' x && echo '";' && cat "$good"; } >"$at"
    mkdir -p "class/@made-response" && echo '-o/tmp/was-here' >"class/@made-response/02-shared-counter.c"
    student made-option/--help 02-shared-counter && cp "$good" "$at"
}

made_here() {
    cat <<'T'
made-includes-solutions-         refused compile-error trouble
made-includes-bob-               refused compile-error trouble
made-includes-home-              refused compile-error trouble
made-includes-temporary          refused compile-error trouble
made-includes-neighbour          refused compile-error trouble
made-symlink-                    trouble missing
made-fifo                        trouble missing
made-device                      trouble missing
made-folder                      trouble missing
made-empty                       refused compile-error trouble
made-zeros                       refused compile-error trouble
made-noise                       refused compile-error trouble
made-program                     refused compile-error trouble
made-ten-megabytes               trouble
made-terabyte                    trouble
made-a-million-errors            refused compile-error unjudged trouble
made-a-million-warnings          correct
made-an-error-behind-them        compile-error
made-deep                        refused compile-error unjudged trouble
made-one-line                    correct
@made-response                   refused compile-error trouble
T
}

# Everything that a submission might have changed, or might have left behind.
sums() {
    find decoy class "$project/solutions" "$project/lessons" "$project/tests/attacks" -printf '%p %y %s %T@ %l\n' | sort
    find decoy class "$project/solutions" "$project/lessons" -type f -size -2M -exec sha256sum {} + | sort
}

marks() {
    find /tmp /var/tmp /dev/shm /dev/mqueue -maxdepth 2 \( -name '*was-here*' -o -name 'bomb*' -o -name '.valgrindrc' \) 2>/dev/null || true
    grep -h 'was-here' /proc/net/unix /proc/sysvipc/* 2>/dev/null || true
    awk 'FNR > 1 && $1 == 4711' /proc/sysvipc/shm /proc/sysvipc/sem /proc/sysvipc/msg 2>/dev/null
    return 0
}

verdict_of() { awk -F '\t' -v student="$1" '$1 == student { print $4; found = 1; exit } END { if (!found) print "missing" }' verdicts.tsv; }

# told STUDENT: for a person
told() {
    local key
    key=$(jq -r --arg student "$1" 'select(.student == $student) | .key // empty' grades/worklist.jsonl | head -n 1)
    if [[ -z $key ]]; then
        jq -c --arg student "$1" 'select(.student == $student)' grades/worklist.jsonl
    else
        jq -r '"    " + .verdict + " " + (.reason // ""), (.judgements[].program | (.refusals[]? | "    \(.file):\(.line): \(.message)"),
            (.faults[]? | "    \(.kind) by \(.engine): \(.message)"),
            (.engines | to_entries[]? | select(.value.outcome == "unavailable") | "    \(.key): \(.value.reason)"))' \
            "grades/records/${key:0:2}/$key.json" | cut -c-400 | head -n 12
    fi
}

# all_get PATTERN: the files of the class whose names fit it get what they say.
all_get() {
    local file lesson student failed="" files
    mapfile -t files < <(attacks "$1")
    for file in "${files[@]}"; do
        lesson=$(basename "$(dirname "$file")")
        student=${lesson%%-*}-$(basename "$file" .c)
        [[ $1 == odd-* || $(basename "$file") != odd-* ]] || continue
        is_one_of "$(verdict_of "$student")" "$(expected_of "$file")" ||
            failed+="$lesson/$(basename "$file"): expected $(expected_of "$file"), it is $(verdict_of "$student")"$'\n'"$(told "$student")"$'\n'
    done
    [[ -z $failed ]] || fail "$failed"
}

@test "there are sixty attacks and more, over all lessons, and each says what it is and what it must get" {
    local file wrong="" attacks=("$project"/tests/attacks/*/*.c)
    ((${#attacks[@]} >= 76)) || fail "only ${#attacks[@]} files"
    assert_equal "$(cd "$project/tests/attacks" && echo */)" "$(cd "$project/lessons" && echo [0-9]*/)"
    for file in "${attacks[@]}"; do
        if [[ $(basename "$file") == odd-* ]]; then
            [[ $(expected_of "$file") == correct ]] && head -n 1 "$file" | grep -q '/\* odd: .* \*/'
        else
            [[ -n $(expected_of "$file") && " $(expected_of "$file") " != *" correct "* ]] && head -n 1 "$file" | grep -q '^/\* attack: .* \*/'
        fi || wrong+="$file"$'\n'
    done
    [[ -z $wrong ]] || fail "$wrong"
}

@test "no attack is called correct, and each gets the verdict that it must get" { all_get '*'; }

@test "what is right but odd is correct" { all_get 'odd-*'; }

@test "behind the gate: what the other layers were said to find, they find" {
    local file lesson student layers found kind failed="" files
    mapfile -t files < <(attacks)
    for file in "${files[@]}"; do
        lesson=$(basename "$(dirname "$file")")
        student=${lesson%%-*}-$(basename "$file" .c)
        layers=$(sed -n 's|^/\* behind the gate: \(.*\) \*/$|\1|p' "$file" | head -n 1) found=""
        for kind in $(verdict_of "$student"); do [[ " $layers " != *" $kind "* ]] || found=yes; done
        echo "# $student: $(verdict_of "$student")" >&3
        [[ -z $layers || $found ]] || failed+="$student: expected $layers, it is $(verdict_of "$student")"$'\n'"$(told "$student")"$'\n'
    done
    [[ -z $failed ]] || fail "$failed"
}

@test "what is no ordinary file, or no program, is told and harms nobody" {
    local pattern expected student failed=""
    while read -r pattern expected; do
        for student in $(cd class && printf '%s\n' "$pattern"*); do
            is_one_of "$(verdict_of "$student")" "$expected" ||
                failed+="$student: expected $expected, it is $(verdict_of "$student")"$'\n'"$(told "$student")"$'\n'
        done
    done < <(made_here)
    [[ -z $failed ]] || fail "$failed"
}

# A gate in place of the real one says what it can see.
@test "the gate, which follows what a file includes, looks from within the sandbox" {
    mkdir -p spy spied/ann
    cp -r build lessons solutions spy/
    cat >spy/build/interleave-gate <<G
#!/bin/sh
[ -e "$BATS_FILE_TMPDIR/decoy/home/.ssh/id" ] && sees=everything || sees=nothing
echo '{"refusals":[{"line":1,"name":"it","message":"sees '\$sees'","if_it_links":false}],"compiles":true}'
G
    cp "$project/solutions/02-shared-counter/exercise.c" spied/ann/02-shared-counter.c
    run spy/build/interleave grade spied --out spied.out
    assert_equal "$(jq -r '.judgements[0].program.refusals[0].message' spied.out/records/*/*.json)" "sees nothing"
}

@test "nothing that was there before has changed, and nothing was left in any place that all can write to" {
    run diff before.sums after.sums
    assert_equal "$output" ""
    assert_equal "$(cat after.marks)" "$(cat before.marks)"
    assert_equal "$(find scratch -mindepth 1 | head)" ""
}

@test "nothing that a submission started is still running" {
    assert_equal "$(cat left.txt)" ""
}

@test "the grader's secrets, others' files and what stands before the grader are in no output" {
    run grep -rlE 'planted[-_a-z]*4711|root:x:|GRADER_TOKEN' grades graded.txt graded.err
    # A message may name a file that it did not read.
    local file
    for file in "${lines[@]}"; do
        run grep -cE 'int planted_|planted_key|planted-token|planted_input|root:x:0|GRADER_TOKEN=' "$file"
        assert_equal "$file: $output" "$file: 0"
    done
}

@test "no book and no message has text of a submission that steers a terminal, a table, a page or a build" {
    local file
    run grep -rlP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' grades graded.txt graded.err --exclude-dir=evidence --exclude-dir=sources
    assert_equal "$output" ""
    run grep -rlE '<script>alert' grades --exclude-dir=evidence --exclude-dir=sources --include=*.html
    assert_equal "$output" ""
    run grep -rlE '^::(set-output|error file=x)|^ok 1 - all' grades graded.txt graded.err --exclude-dir=evidence --exclude-dir=sources --include=*.{html,csv,txt,err}
    assert_equal "$output" ""
    run grep -lE '(^|,)"?[=+@]' grades/*.csv
    assert_equal "$output" ""
}

@test "graded as a whole: some are not correct, and some are for a person" {
    assert_equal "$(cat graded.status)" 2
    run grep -rc . grades/grades.csv
    assert_success
}
