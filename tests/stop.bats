# Stopping: Ctrl-C, other signals, SIGKILL of the harness, and a full disk. Nothing the harness started is
# left, and nothing looks like a verdict that is none.

load helper

write_endless() {
    write_program endless.c <<'E2'
#include <signal.h>
#include <unistd.h>
int main(void) {
    signal(SIGTERM, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    if (fork() == 0)
        setsid();
    for (;;)
        sleep(1000);
}
E2
}

child_runs() { [[ $(children) == */build/plain* ]]; }

# stopped_by SIGNAL: the harness, in a session of its own, while its child runs; $status is its status.
stopped_by() {
    "$interleave" run --engines native --timeout 600 endless.c >report 2>complaints 3>&- &
    local harness=$!
    wait_until child_runs
    kill "-$1" "$harness"
    status=0
    wait "$harness" || status=$?
}

@test "Ctrl-C at a terminal ends every child, restores the line, and exits 130" {
    write_endless
    cat >command <<E2
"$interleave" run --timeout 600 endless.c
echo "status \$?"
E2
    server=interleave-stop-$$
    TERM=xterm tmux -L "$server" -f /dev/null new-session -d -x 80 -y 24 "bash command; read -r"
    wait_until child_runs
    tmux -L "$server" send-keys C-c
    screen_says() { [[ $(tmux -L "$server" capture-pane -p) == *"status "* ]]; }
    wait_until screen_says
    run tmux -L "$server" capture-pane -p
    tmux -L "$server" kill-server
    assert_output --partial "status 130"
    refute_output --partial "clean"
    wait_until no_children_left
}

@test "Ctrl-C during check ends every child and reports nothing" {
    mkdir -p lessons/31-endless
    write_endless
    cp endless.c lessons/31-endless/correct.c
    sed 's,fork() == 0),& /* fault: data-race */,' endless.c >lessons/31-endless/broken.c
    cat >lessons/31-endless/lesson.ini <<'E2'
[lesson]
title = Endless
part = Tests
summary = It never ends.
[correct.c]
seconds = 600
[broken.c]
fault = data-race
may-see = native tsan asan helgrind explore
seconds = 600
E2
    "$interleave" check --lessons lessons >report 2>complaints 3>&- &
    harness=$!
    wait_until child_runs
    kill -TERM "$harness"
    status=0
    wait "$harness" || status=$?
    assert_equal "$status" 143
    assert_equal "$(cat report)" ""
    wait_until no_children_left
}

@test "SIGTERM and SIGHUP end every child; the status names the signal" {
    write_endless
    stopped_by TERM
    assert_equal "$status" 143
    assert_equal "$(cat report)" ""
    wait_until no_children_left
    stopped_by HUP
    assert_equal "$status" 129
    wait_until no_children_left
}

@test "the working directory of a stopped run is removed" {
    write_endless
    stopped_by TERM
    run compgen -G "$BATS_TEST_TMPDIR/build/work-*"
    assert_output ""
}

@test "no child survives a harness that is killed" {
    write_endless
    stopped_by KILL
    assert_equal "$status" 137
    wait_until no_children_left
}

@test "a stopped run is not kept as a verdict" {
    write_endless
    stopped_by TERM
    judge_json --engines native --timeout 1 endless.c
    assert_equal "$status" 1
    assert_kinds timeout
}

@test "no space left in build/ or TMPDIR is said with the remedy, and judges nothing" {
    ((EUID == 0)) || skip "mounting needs root"
    mkdir full
    cat >command <<E2
mount -t tmpfs -o size=64k none full &&
cp -r "$BATS_TEST_TMPDIR/build/linked" full/ 2>/dev/null
dd if=/dev/zero of=full/rest bs=1k count=64 2>/dev/null
TMPDIR=$PWD/full "$interleave" run --keep full/kept --format json clean.c
E2
    write_program clean.c <<'E2'
int main(void) { return 0; }
E2
    unshare --mount true || skip "mounting is not permitted here"
    run --separate-stderr unshare --mount bash command
    assert_equal "$status" 2
    [[ $output == "" ]] || assert_verdict unjudged
    assert_regex "$output$stderr" "(make room|No space left|can be written to)"
}
