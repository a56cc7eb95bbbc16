# What the sandbox is made of must not change a verdict.

load helper

@test "a right repair is right, and a wrong one wrong, under every level of the sandbox that works here" {
    now_and_then
    mkdir -p class/right class/wrong
    cp "$project/solutions/02-shared-counter/exercise.c" class/right/02-shared-counter.c
    local wrong=("$project"/tests/submissions/02-shared-counter/wrong-*.c) level
    cp "${wrong[0]}" class/wrong/02-shared-counter.c
    open_the_way "$BATS_TEST_TMPDIR"
    for level in A B C; do
        INTERLEAVE_SANDBOX=$level run --separate-stderr "$interleave" grade class --lesson 2 --out "$level"
        [[ $status != 2 || $stderr != *andbox* ]] || continue
        assert_equal "$(jq -s -c 'map([.verdict, .sandbox]) | sort' "$level"/records/*/*.json)" \
            "[[\"correct\",\"$level\"],[\"faulty\",\"$level\"]]"
    done
}

@test "at the level without namespaces, a directory that the programs' user cannot pass is named" {
    [ "$(id -u)" = 0 ] || skip "programs run as the user who grades"
    chmod 700 "$BATS_TEST_TMPDIR"
    INTERLEAVE_SANDBOX=C run --separate-stderr "$interleave" run --sandbox "$project/lessons/02-shared-counter/correct.c"
    assert_equal "$status" 2
    [[ $stderr == *"Landlock of version"* ]] || assert_contains "$stderr" "cannot pass "
}
