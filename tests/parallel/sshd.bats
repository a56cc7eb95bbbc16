# scripts/grade-parallel by ssh: `make test-parallel`. The sshd is the test's own, on this machine alone.

BATS_TEST_DIRNAME=${BATS_TEST_DIRNAME%/parallel} # helper.bash is for tests/*.bats
load helper
load class

setup() {
    own_harness
    mkdir -p "$BATS_TEST_TMPDIR/scripts" ssh
    chmod 700 ssh
    cp "$project/scripts/grade-parallel" "$BATS_TEST_TMPDIR/scripts/"
    ssh-keygen -q -t ed25519 -N '' -f ssh/host
    ssh-keygen -q -t ed25519 -N '' -f ssh/key
    mkdir -p /run/sshd # sshd insists on it
    port=$((20000 + RANDOM % 10000))
    "$(type -P sshd)" -D -e -f /dev/null -h "$PWD/ssh/host" -p $port -o ListenAddress=127.0.0.1 -o PidFile=none -o UsePAM=no \
        -o StrictModes=no -o PermitRootLogin=yes -o AuthorizedKeysFile="$PWD/ssh/key.pub" 2>ssh/log 3>&- &
    sshd=$!
    cat >ssh/config <<X
Host first second
    HostName 127.0.0.1
    Port $port
    IdentityFile $PWD/ssh/key
    UserKnownHostsFile /dev/null
    StrictHostKeyChecking no
    LogLevel ERROR
X
    export PARALLEL_SSH="ssh -F $PWD/ssh/config"
    wait_until ssh -F ssh/config first true
}

teardown() { kill "$sshd"; }

@test "shards that other machines judge, by ssh and in shared directories, make the same books" {
    small_class "a 'class'"
    run "$interleave" grade "a 'class'" --out whole --lesson 2
    assert_failure 1
    run "$BATS_TEST_TMPDIR/scripts/grade-parallel" --sshlogin first,second "a 'class'" "o ut" 4 --lesson 2
    assert_failure 1
    assert_equal "$(records "o ut")" "$(records whole)"
    assert_equal "$(<"o ut/grades.csv")" "$(<whole/grades.csv)"
    assert [ "$(grep -c 'Accepted publickey' ssh/log)" -ge 4 ]
}
