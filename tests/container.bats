# The dev container, and what the harness says in one: docs/where-it-runs.md quotes it.

load helper

page=$project/docs/where-it-runs.md
dockerfile=$project/.devcontainer/Dockerfile

# in_container CALL... -- COMMAND...: where the kernel refuses these calls.
in_container() {
    [[ -x ../container ]] || cc -o ../container "$project/tests/container.c"
    run --separate-stderr ../container "$@"
}

# A clang whose programs have a library where ThreadSanitizer wants its memory: too random an address, every time.
crowd_addresses() {
    echo 'int obstacle = 1;' >obstacle.c
    clang -shared -fPIC -Wl,-Ttext-segment=0x210000000000 obstacle.c -o libobstacle.so
    write_program crowding-clang <<X
#!/bin/sh
case " \$* " in *" -c "*) exec clang "\$@" ;; esac
exec clang -no-pie -Wl,--no-as-needed "$PWD/libobstacle.so" "\$@"
X
    chmod +x crowding-clang
    export INTERLEAVE_CC=$PWD/crowding-clang
}

# engine NAME: what doctor says of it, on one line.
engine() {
    awk -v name="$1" '/^[a-z]/ { on = $1 == name } on { sub(/^ +/, ""); printf "%s ", $0 }' <<<"$output"
}

@test "where addresses are too random, doctor says what the page quotes, and the other engines work" {
    crowd_addresses
    in_container personality -- "$interleave" doctor
    assert_failure 2
    assert_equal "$(sed -n '/^tsan/,/^asan/{/^asan/!p}' <<<"$output")" \
        "$(sed -n '/^<!-- quote: doctor -->/,/^<!-- end -->/p' "$page" | grep -v '^<!--\|^```')"
    local name
    for name in native asan helgrind explore; do assert_regex "$(engine $name)" " works "; done
}

@test "a ThreadSanitizer that may not fix its addresses itself, as newer ones do, gets the same remedy" {
    write_program clang-that-fails <<'X'
#!/bin/sh
clang "$@" || exit
case " $* " in
*" -c "*) ;;
*" -fsanitize=thread "*)
    while [ "$1" != -o ]; do shift; done
    printf '#!/bin/sh\necho "ThreadSanitizer: CHECK failed: tsan_platform_linux.cpp:290 \\"((personality(old_personality | ADDR_NO_RANDOMIZE))) != ((-1))\\" (0xffffffffffffffff, 0xffffffffffffffff) (tid=80)" >&2\nexit 139\n' >"$2"
    ;;
esac
X
    chmod +x clang-that-fails
    echo 'int main(void) { return 0; }' >clean.c
    INTERLEAVE_CC=$PWD/clang-that-fails judge_json --engines native,tsan clean.c
    assert_verdict unjudged
    assert_reason tsan "seccomp=unconfined"
    refute_regex "$(field '.programs[0].engines.tsan.reason')" overcommit
}

@test "where personality is refused as Docker does it, all but perhaps ThreadSanitizer work" {
    in_container personality -- setarch -R true
    assert_failure # else nothing is refused
    in_container personality -- "$interleave" doctor
    local name
    for name in native asan helgrind explore; do assert_regex "$(engine $name)" " works "; done
    assert_regex "$(engine tsan)" " works |seccomp=unconfined"
}

@test "where ptrace is refused, only the leak check is unavailable, with the reason that the page has" {
    in_container ptrace -- "$interleave" doctor
    assert_failure 2
    assert_contains "$(engine asan)" "LeakSanitizer must be allowed to use ptrace(2)"
    grep -qF 'asan: `LeakSanitizer must be allowed to use ptrace(2)`' "$page"
    local name
    for name in native tsan helgrind explore; do assert_regex "$(engine $name)" " works "; done
}

@test "where valgrind cannot write its temporary files, it says so, and is not to be installed again" {
    TMPDIR=/nonexistent run --separate-stderr "$interleave" doctor
    assert_failure 2
    assert_contains "$(engine helgrind)" "valgrind cannot write to its directory for temporary files"
    assert_contains "$(engine helgrind)" "TMPDIR"
    grep -qF 'helgrind: `valgrind cannot write to its directory for temporary files`' "$page"
}

@test "as an ordinary user without capabilities, in a checkout that cannot be written to, exercises are judged" {
    ((EUID == 0)) || skip "only root can become another user"
    open=$(mktemp -d) # the directories of this test are for its user only
    mkdir -m 1777 "$open/tmp"
    cp -r "$BATS_TEST_TMPDIR/build" "$project/lessons" "$project/solutions" "$open"
    chmod -R a+rX "$open"
    cd "$open"
    run --separate-stderr setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all --inh-caps=-all \
        env TMPDIR="$open/tmp" build/interleave lesson 6 --format json
    assert_success
    assert_equal "$(field '[.programs[].engines[].outcome] | unique | join(" ")')" "clean faults"
    assert_equal "$(ls -A tmp build)" $'build:\ninterleave\ninterleave-gate\ninterleave-keeper\nlinked\n\ntmp:'
}

teardown() { rm -rf "${open-}"; }

# The dev container

# What is left of devcontainer.json without its comments, which stand on lines of their own.
configuration() { sed 's|^ *//.*||' "$project/.devcontainer/devcontainer.json"; }

@test "the dev container is JSON, allows what ThreadSanitizer needs, and adds no capability" {
    assert_equal "$(configuration | jq -c '[.securityOpt, .capAdd, .privileged, .runArgs]')" '[["seccomp=unconfined"],null,null,null]'
    assert_equal "$(configuration | jq -r .remoteUser)" "$(sed -n 's/^USER //p' "$dockerfile")"
    assert_equal "$(configuration | jq -r .customizations.vscode.extensions[])" \
        "$(jq -r .recommendations[] "$project/.vscode/extensions.json")"
}

@test "what the dev container runs first is what the Makefile has" {
    local words target
    read -r -a words <<<"$(configuration | jq -r .postCreateCommand | sed 's/make//g; s/&&//g')"
    assert_equal "${words[*]}" "all doctor"
    for target in "${words[@]}"; do grep -qE "^([a-z]+ )*$target( [a-z]+)*:" "$project/Makefile" || fail "make $target"; done
}

@test "the dev container's packages are those of scripts/setup, named nowhere else" {
    run grep -c '^RUN /usr/local/lib/interleave/setup test lint ' "$dockerfile"
    assert_output 1
    assert_equal "$(sed -n 's|^COPY ||p' "$dockerfile")" "scripts/setup /usr/local/lib/interleave/setup"
    # Column 3 of the table in scripts/setup is Debian's name.
    local package packages
    packages=$(sed -n '/apt-get install/,/&&/p' "$dockerfile" | grep -v apt-get | grep -oE '[a-z][a-z0-9.+-]+')
    assert_contains "$packages" clangd
    for package in $packages; do
        run awk -v package="$package" '/^(base|test|lint) / && $3 == package' "$project/scripts/setup"
        assert_output ""
    done
}

@test "the context of the image is what the Dockerfile copies" {
    assert_equal "$(sed -n 's/^!//p' "$dockerfile.dockerignore")" "$(sed -nE 's/^COPY ([^ ]+) .*/\1/p' "$dockerfile")"
    assert_file_exists "$project/$(sed -n 's/^!//p' "$dockerfile.dockerignore")"
}
