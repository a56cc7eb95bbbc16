# What is uploaded to Gradescope, in /autograder of a bare system where it was set up: see inside.

bats_load_library bats-support
bats_load_library bats-assert

project=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
results=/autograder/results/results.json

setup_file() {
    cc -o "$BATS_FILE_TMPDIR/docker" "$BATS_TEST_DIRNAME/docker.c" -lseccomp
}

setup() {
    rm -rf /autograder/submission /autograder/results
    mkdir -p /autograder/submission
    cp /autograder/source/chosen.sh "$BATS_TEST_TMPDIR"
}

teardown() { cp "$BATS_TEST_TMPDIR/chosen.sh" /autograder/source/; }

# What root may do in a container of Docker's.
kept=chown,dac_override,fowner,fsetid,kill,setgid,setuid,setpcap,net_bind_service,net_raw,sys_chroot,mknod,audit_write,setfcap
in_docker() { # [--old-kernel] COMMAND...: takes the place of the shell
    local kernel=()
    [[ $1 != --old-kernel ]] || { kernel=("$1") && shift; }
    cd /autograder && exec env -i HOME=/root PATH="$PATH" "$BATS_FILE_TMPDIR/docker" "${kernel[@]}" \
        setpriv --bounding-set "-all,+${kept//,/,+}" "$@"
}

# hand_in FILE AS: under this name
hand_in() { mkdir -p "$(dirname "/autograder/submission/$2")" && cp "$1" "/autograder/submission/$2"; }

result() { jq -r "$1" $results; }

autograde() { # [--old-kernel]
    run in_docker "$@" ./run_autograder # in a subshell, so that the shell is not lost
    assert_success
    # What Gradescope asks of it.
    result 'has("score") or (.tests | length > 0 and all(has("score")))' | grep -qx true || fail "$(cat $results)"
    assert_equal "$(ls -A /autograder/results)" results.json
}

@test "a right and a wrong repair get their points, under the sandbox that a container allows" {
    hand_in "$project/solutions/02-shared-counter/exercise.c" 02-shared-counter.c
    local wrong=("$project"/tests/submissions/07-lock-order/wrong-*.c)
    hand_in "${wrong[0]}" my/lessons/07-lock-order/exercise.c
    autograde
    run result '[.tests[] | select(.name | test("2"))] | (length > 0) and all(.score == .max_score)'
    assert_output true
    run result '[.tests[] | select(.name | test("7"))] | any(.score < .max_score)'
    assert_output true
    run result '.. | strings'
    assert_output --regexp 'Sandbox level C'
}

@test "nothing handed in, or nothing that is known, is said and is no grade" {
    echo hello >/autograder/submission/notes.txt
    autograde
    run result .output
    assert_output --partial "NOT GRADED"
}

@test "a submission finds no private driver, no solution and no other result to read" {
    compgen -G '/autograder/source/private/07-lock-order/*.c' || fail "the zip has no private driver to look for"
    run grep -L "The reference solution is not in this copy" /autograder/source/interleave/solutions/*/exercise.c
    assert_output ""
    local secret=/autograder/source/private/07-lock-order/drive-secretly.c
    grep -q SECRET_WORDS $secret
    { cat "$project/solutions/07-lock-order/exercise.c" && echo "#include \"$secret\""; } >"$BATS_TEST_TMPDIR/reads.c"
    hand_in "$BATS_TEST_TMPDIR/reads.c" 07-lock-order.c
    autograde
    run cat $results
    refute_output --partial SECRET_WORDS
    run result '[.tests[].score] | add'
    assert_output 0
}

@test "grading that is cut off leaves a result that says so" {
    hand_in "$project/solutions/02-shared-counter/exercise.c" 02-shared-counter.c
    sed -i 's/limit=[0-9]*/limit=1/' /autograder/source/chosen.sh
    autograde
    run result .output
    assert_output --partial "NOT GRADED"
    assert_output --partial "longer than 1 seconds"
}

@test "grading that is killed leaves a result that says so" {
    hand_in "$project/solutions/02-shared-counter/exercise.c" 02-shared-counter.c
    in_docker ./run_autograder &>/dev/null 3>&- &
    local autograder=$! grader tries
    for ((tries = 0; tries < 1200; tries++)); do # until it has begun to grade
        ! grader=$(pgrep -P $autograder timeout) || break
        sleep 0.05
    done
    kill -KILL $autograder
    kill -TERM "$grader"
    run result .output
    assert_output --partial "NOT GRADED"
    assert_output --partial "has not ended"
}

@test "a kernel without Landlock is no reason to run it without a sandbox: it is not graded, and the log says why" {
    hand_in "$project/solutions/02-shared-counter/exercise.c" 02-shared-counter.c
    autograde --old-kernel
    assert_output --partial Landlock
    run result .output
    assert_output --partial "NOT GRADED"
}
