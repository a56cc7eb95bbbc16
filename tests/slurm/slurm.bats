# scripts/grade-slurm under a real slurmctld and slurmd: `make test-slurm`, which is no part of `make test`.
# The cluster is made anew for this file, on this machine alone, and needs root (slurmd does).

BATS_TEST_DIRNAME=${BATS_TEST_DIRNAME%/slurm} # helper.bash is for tests/*.bats
load helper
load class
load slurm/cluster

setup_file() {
    ((EUID == 0)) || { echo "slurmd has to be started by root: sudo make test-slurm" >&2 && return 1; }
    export MAX_ARRAY_SIZE=100
    cluster_start "$BATS_FILE_TMPDIR/cluster" 2
    export cluster SLURM_CONF
}

teardown_file() { cluster_stop; }

setup() {
    own_harness
    mkdir -p "$BATS_TEST_TMPDIR/scripts"
    cp "$project/scripts/grade-slurm" "$BATS_TEST_TMPDIR/scripts/"
    grade_slurm=$BATS_TEST_TMPDIR/scripts/grade-slurm
}

whole() { # what one machine makes of the same folder
    run "$interleave" grade class --out whole
    assert_failure 1
}

assert_same_books() { # OUT
    assert_equal "$(records "$1")" "$(records whole)"
    assert_equal "$(<"$1/grades.csv")" "$(<whole/grades.csv)"
}

@test "a class graded in shards has the books of one graded whole, whatever the folders are called" {
    small_class "class"
    whole
    mv class $'a "class"\'s %a \\folder {} $(x)'
    run "$grade_slurm" --wait $'a "class"\'s %a \\folder {} $(x)' "-o'ut %j" 3
    assert_failure 1
    assert_same_books "./-o'ut %j"
    assert_equal "$(find "./-o'ut %j/slurm" -name '[1-3].log' | wc -l)" 3
}
