# Level A of the sandbox with control groups of version 2, wherever systemd and containers may have put the grader: in a
# Debian of its own, which tests/cgroup/inside boots. What a box at level A must bear is in tests/sandbox.bats.
# shellcheck disable=SC2154

BATS_TEST_DIRNAME=${BATS_TEST_DIRNAME%/cgroup} # helper.bash is for tests/*.bats
load helper

top=/sys/fs/cgroup

setup() {
    own_harness
    chmod 755 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR"/* "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/here"
    echo 'int main(void) { return 0; }' >fine.c
    # What only the kernel sees: pages of files without names, mapped nowhere.
    cat >eat.c <<'E'
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void) {
    static char bytes[1 << 20];
    memset(bytes, 1, sizeof bytes);
    for (int i = 0; i < 60; i++) {
        int file = memfd_create("eaten", 0);
        for (int k = 0; k < 60; k++)
            if (write(file, bytes, sizeof bytes) < 0)
                return 3;
    }
    return 0;
}
E
    echo 'int main(void) { for (;;); }' >endless.c
    # For whoever it is started as, wherever: level A or a refusal, which says why.
    cat >judge <<E
#!/bin/sh
export TMPDIR=/tmp INTERLEAVE_SANDBOX=\${LEVEL-A}
exec $interleave run --sandbox --engines native --format json --timeout 120 --cflags -D_GNU_SOURCE "\$@"
E
    chmod 755 judge
    chmod 644 ./*.c
}

groups() { find $top -type d -name 'interleave-*'; }

child_runs() { [[ $(children) == */build/plain* ]]; }

teardown() { assert_equal "$(groups)" ""; }

in_service() { run --separate-stderr systemd-run --quiet --wait --pipe --working-directory="$PWD" "$@"; }

# In a session such as one gets by logging in.
as_student() { run --separate-stderr su - student -c "cd $PWD && $*"; }

@test "doctor says that the kernel counts memory and tasks" {
    run "$interleave" doctor
    assert_contains "$(tr -s ' \n' ' ' <<<"$output")" "level A confined by bubblewrap in namespaces of their own, with limits; memory and tasks are counted by the kernel"
    refute_output --partial "not more"
}

@test "the box is in a group of its own, whose limits are those of the sandbox, without swap" {
    ./judge endless.c >report 2>&1 3>&- &
    local harness=$!
    wait_until child_runs
    assert_equal "$(cd "$(groups)" && cat memory.max memory.swap.max pids.max)" $'1660944384\n0\n1032'
    kill "$harness"
    wait "$harness" || true
}

@test "at the top of all groups, and in a service that may make groups below its own, level A works" {
    in_service -p Delegate=yes ./judge eat.c
    assert_kinds memory-growth
    run --separate-stderr sh -c "echo \$\$ >$top/cgroup.procs && exec ./judge eat.c"
    assert_kinds memory-growth
}

@test "in the session of an ordinary user it says why not, and level B works" {
    as_student ./judge fine.c
    assert_refused "A: control groups cannot be made below $top/user.slice/user-$(id -u student).slice: Permission denied" \
        "systemd-run --user --scope"
    as_student LEVEL= ./judge fine.c
    assert_verdict clean
}

@test "an ordinary user has level A by systemd-run" {
    as_student systemd-run --quiet --user --scope ./judge eat.c
    assert_kinds memory-growth
    as_student systemd-run --quiet --user --scope ./judge fine.c
    assert_verdict clean
}

@test "in a container that lives in the only group it has, it says why not, and level B works" {
    in_service -p Delegate=yes unshare --cgroup --mount sh -c "umount $top; mount -t cgroup2 cgroup2 $top && exec ./judge fine.c"
    assert_refused "A: no control groups for memory and tasks are passed on to this process"
    in_service -p Delegate=yes unshare --cgroup --mount sh -c "umount $top; mount -t cgroup2 cgroup2 $top && LEVEL= exec ./judge fine.c"
    assert_verdict clean
}

@test "a container whose first process has moved on to a group below has level A" {
    in_service -p Delegate=yes unshare --cgroup --mount sh -c "umount $top; mount -t cgroup2 cgroup2 $top &&
        mkdir $top/init && echo 0 >$top/init/cgroup.procs && echo +memory +pids >$top/cgroup.subtree_control && exec ./judge eat.c"
    assert_kinds memory-growth
}

@test "a fork bomb is ended, and leaves no group" {
    cat >bomb.c <<'E'
#include <unistd.h>
int main(void) {
    for (;;)
        fork();
}
E
    run --separate-stderr ./judge --timeout 10 bomb.c
    assert_verdict faulty
    assert_no_children_left
}

@test "two at once do not meet: one ends for its memory, the other does not" {
    ./judge eat.c >eaten 2>/dev/null 3>&- &
    local first=$! count
    for ((count = 0; count < 2; count++)); do
        judge_json --sandbox --engines native fine.c
        assert_verdict clean
    done
    wait "$first" || true
    output=$(<eaten) assert_kinds memory-growth
}
