# scripts/grade-slurm under a real slurmctld and slurmd: `make test-slurm`, which is no part of `make test`.
# The cluster is made anew for this file, on this machine alone, and needs root (slurmd does).

BATS_TEST_DIRNAME=${BATS_TEST_DIRNAME%/slurm} # helper.bash is for tests/*.bats
load helper
load class
load slurm/cluster

setup_file() {
    ((EUID == 0)) || { echo "slurmd has to be started by root: sudo make test-slurm" >&2 && return 1; }
    export MAX_ARRAY_SIZE=100
    cluster_start 2
    export cluster SLURM_CONF
    # What one machine alone makes of the class.
    cd "$BATS_FILE_TMPDIR" && small_class class
    run "$project/build/interleave" grade class --out whole
    ((status == 1)) || { echo "$output" >&2 && return 1; }
}

teardown_file() { cluster_stop; }

setup() {
    own_harness
    mkdir -p "$BATS_TEST_TMPDIR/scripts"
    cp "$project/scripts/grade-slurm" "$BATS_TEST_TMPDIR/scripts/"
    grade_slurm=$BATS_TEST_TMPDIR/scripts/grade-slurm
    cp -r "$BATS_FILE_TMPDIR/class" .
}

assert_same_books() { # OUT
    assert_equal "$(records "$1")" "$(records "$BATS_FILE_TMPDIR/whole")"
    assert_equal "$(<"$1/grades.csv")" "$(<"$BATS_FILE_TMPDIR/whole/grades.csv")"
}

record_files() { find "$1/records" -name '*.json' -printf '%p %i %T@\n' | sort; }

some_records() { [[ -d out/records && -n $(record_files out) ]]; }

queue_is_empty() { [[ -z $(squeue -h) ]]; }

# The tasks of the array that run now, such as 12_3.
running() { squeue -h -t R -o %i | grep _; }

gather_says() { # STATUS TEXT...
    assert_equal "$(<out/slurm/gather.status)" "$1"
    local text
    for text in "${@:2}"; do assert_contains "$(<out/slurm/gather.log)" "$text"; done
}

@test "a class graded in shards has the books of one graded whole, whatever the folders are called" {
    local odd=$'a "class"\'s %a \\folder {} $(x)\n'
    mv class "$odd"
    run "$grade_slurm" --wait "$odd" "-o'ut %j" 3
    assert_failure 1
    assert_same_books "./-o'ut %j"
    assert_equal "$(find "./-o'ut %j/slurm" -name '[1-3].log' | wc -l)" 3
}

@test "a task that never ran is named as a missing shard, and the same command judges that one alone" {
    scontrol update PartitionName=all State=DOWN
    run "$grade_slurm" class out 4
    assert_success
    local array
    array=$(sed -n 's/^job \([0-9]*\) judges.*/\1/p' <<<"$output")
    scancel "${array}_2"
    scontrol update PartitionName=all State=UP
    wait_for queue_is_empty
    gather_says 2 "shard 2"
    refute_regex "$(<out/slurm/gather.log)" "shard [134]"
    assert_not_exists out/grades.csv
    local before
    before=$(record_files out)
    run "$grade_slurm" --wait class out 4
    assert_failure 1
    assert_same_books out
    assert_equal "$(comm -23 <(echo "$before") <(record_files out))" ""
}

@test "tasks killed in the middle lose nothing that they had judged" {
    run "$grade_slurm" class out 2
    wait_for some_records
    local task before
    for task in $(running); do scancel --signal KILL --full "$task"; done
    wait_for queue_is_empty
    gather_says 2 "shard"
    before=$(record_files out)
    run "$grade_slurm" --wait class out 2
    assert_failure 1
    assert_same_books out
    assert_equal "$(comm -23 <(echo "$before") <(record_files out))" ""
}

@test "a task that is requeued goes on where it was, and the gathering waits for it" {
    run "$grade_slurm" class out 2
    wait_for some_records
    local task before
    before=$(record_files out)
    task=$(running | head -n 1)
    scontrol requeue "$task"
    wait_for queue_is_empty
    gather_says 1
    assert_same_books out
    assert_equal "$(comm -23 <(echo "$before") <(record_files out))" ""
}

@test "more shards than the cluster takes are refused before anything is submitted" {
    run "$grade_slurm" class out 100
    assert_failure 2
    assert_contains "$output" "more than the 99"
    assert_equal "$(squeue -h)" ""
}

@test "without Slurm, or without the folder, it says so in one sentence" {
    PATH=$(path_without sbatch) run "$grade_slurm" class out
    assert_failure 2
    assert_contains "$output" "login node"
    run "$grade_slurm" nothing out
    assert_failure 2
    assert_contains "$output" "nothing is not there"
}
