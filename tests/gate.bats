# The gate: what could blind the tools or forge what they say is refused before anything of the file runs, with
# its name and its line; no honest program is. tests/gate/*.c are looked at in the place of exercise 2. The first
# line of each says what must be refused in it, and nothing else: /* refused 3:fork, 5:asm */ or /* passes */
#
# All are looked at once, several at a time; then each test compares those that it is about.

load helper

setup_file() {
    export said=$BATS_FILE_TMPDIR/said
    mkdir "$said"
    export gate=$BATS_FILE_TMPDIR/interleave-gate
    cp "$project/build/interleave-gate" "$gate" # a rebuild must not meddle
    export -f look settings write_settings
    local file
    { for file in "$project"/tests/gate/*.c; do echo "02-shared-counter $file"; done && honest | share; } |
        xargs -P "$(nproc)" -L1 bash -c 'look "$@"' look
}

# Of every lesson: the exercise as shipped, its solution, and what students made of it.
honest() {
    local file
    for file in "$project"/{lessons,solutions,tests/submissions}/[0-9]*/*.c; do
        [[ $file != */lessons/* || $file == */exercise.c ]] && echo "$(basename "$(dirname "$file")") $file"
    done
}

# write_settings NAME FLAG…
write_settings() { printf "$1=%s\n" "${@:2}"; }

# settings LESSON FILE: of the gate, one a line, with the flags of the harness
settings() {
    local first=(-g -gdwarf-4 -O0 -fno-omit-frame-pointer -pthread)
    local last=(-std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra "-I$project/lessons" "-I$project/lessons/$1")
    printf '%s\n' "source=$2" "lesson=$project/lessons/$1" "compiler=${INTERLEAVE_CC:-clang}"
    write_settings plain "${first[@]}" "${last[@]}"
    write_settings thread "${first[@]}" -fsanitize=thread -fsanitize=alignment,null "${last[@]}"
    write_settings address "${first[@]}" -fsanitize=address -fsanitize=undefined "${last[@]}"
}

# look LESSON FILE [SETTING…]: what the gate says, in $said
look() {
    local all
    mapfile -t all < <(settings "$1" "$2")
    "$gate" "${all[@]}" "${@:3}" >"$said/${2//\//,}" || echo '{"trouble":"it ended with an error"}' >"$said/${2//\//,}"
}

export project

# refused_in FILE: what was refused, as the first lines of tests/gate/*.c say it
refused_in() {
    jq -r 'if .refusals[0] then "refused " + ([.refusals[] | "\(.line):\(.name)"] | join(", "))
           elif .trouble then "trouble: " + .trouble
           else "passes" end' "$said/${1//\//,}"
}

expected_in() { sed -n '1s|^/\* \(.*\) \*/$|\1|p' "$1"; }

# assert_all PATTERN COUNT: the files of tests/gate that it fits are judged as they say; so many at least
assert_all() {
    local file wrong="" count=0
    for file in "$project"/tests/gate/$1.c; do
        ((++count))
        [[ $(refused_in "$file") == "$(expected_in "$file")" ]] ||
            wrong+="$(basename "$file"): $(refused_in "$file")"$'\n'"  not: $(expected_in "$file")"$'\n'
    done
    ((count >= $2)) || fail "there are only $count files"
    [[ -z $wrong ]] || fail "$wrong"
}

@test "attributes that switch a tool off or change linkage are refused, however they are written" { assert_all 'attribute-*' 19; }

@test "pragmas that switch a tool off or change linkage are refused, however they are written" { assert_all 'pragma-*' 12; }

@test "the tools' own interface is refused: defined, declared, called, static, pasted, or by an asm label" {
    assert_all 'tsan-*' 7
    assert_all '[alu]*san-*' 3
    assert_all 'sanitizer-*' 2
    assert_all 'valgrind-*' 2
    assert_all 'annotate-*' 1
    assert_all 'interleave-*' 3
    assert_all 'wrap-*' 1
    assert_all 'real-*' 1
}

@test "names of the compiler and of main are not the student's to define" {
    assert_all 'reserved-*' 2
    assert_all 'main-*' 1
    assert_all 'entry-*' 1
}

@test "a function in the place of the library's is refused" { assert_all 'interpose-*' 7; }

@test "calls beside the list of those that are allowed are refused, by call, by address or undeclared" {
    assert_all 'call-*' 23
    assert_all 'named-*' 1
    assert_all 'stream-*' 1
}

@test "assembly is refused, also at the file, pasted, and in registers" { assert_all 'asm-*' 5; }

@test "functions called by numbers or computed addresses, and what reaches into frames, are refused" {
    assert_all 'cast-*' 4
    assert_all 'frame-*' 4
    assert_all 'nontemporal' 1
    assert_all 'processor-clock' 1
}

@test "what ThreadSanitizer does not instrument, by its size or by its address, is refused" { assert_all 'unwatched-*' 5; }

@test "a program that is another one under a tool is refused" { assert_all 'notice-*' 9; }

@test "other line numbers than there are, are refused" { assert_all 'line-*' 5; }

@test "includes beside the lesson's headers and the standard ones are refused" {
    assert_all 'include-[!g]*' 5
    assert_all 'embed' 1
}

@test "macros that change what headers say are refused" {
    assert_all 'header-*' 5
    assert_all 'macro-*' 1
}

@test "odd but honest programs pass" {
    local file passing
    passing=$(grep -lx '/\* passes \*/' "$project"/tests/gate/*.c)
    (($(wc -l <<<"$passing") >= 13)) || fail "there are only $passing"
    for file in $passing; do
        assert_equal "$(basename "$file") $(refused_in "$file")" "$(basename "$file") passes"
        assert_equal "$(basename "$file") $(jq .compiles "$said/${file//\//,}")" "$(basename "$file") true"
    done
}

@test "every exercise as shipped, every solution and every repair of tests/submissions passes" {
    local lesson file wrong="" count=0
    while read -r lesson file; do
        ((++count))
        [[ $(refused_in "$file") == passes ]] || wrong+="$file: $(refused_in "$file")"$'\n'
    done < <(honest | share)
    (($(honest | wc -l) >= 220 && count > 0)) || fail "there are only $(honest | wc -l)"
    [[ -z $wrong ]] || fail "$wrong"
}

# assert_seen_by VIEW NAME FILE…: also where no other view looks
assert_seen_by() {
    local file
    for file in "${@:3}"; do
        look 02-shared-counter "$project/tests/gate/$file.c" "only=$1"
        [[ $(refused_in "$project/tests/gate/$file.c") =~ [\ :]"$2"(,|$) ]] || fail "$1 does not see $2 in $file: $(refused_in "$project/tests/gate/$file.c")"
    done
}

@test "what a view would miss another one sees: each finds its own when it looks alone" {
    said=$BATS_TEST_TMPDIR
    assert_seen_by written thread_sanitizer notice-feature
    assert_seen_by written '#line' line-digraph line-trigraph line-marker
    assert_seen_by expanded no_sanitize attribute-pasted attribute-in-brackets
    assert_seen_by expanded asm asm-pasted asm-register
    assert_seen_by expanded interleave_driven interleave-pasted
    assert_seen_by disguise disguise notice-feature notice-pasted notice-address
    assert_seen_by made quiet attribute-no-sanitize attribute-pasted attribute-disable
    assert_seen_by made f pragma-attribute pragma-operator pragma-weak pragma-pasted
    assert_seen_by made interleave_driven interleave-pasted
    assert_seen_by made asm asm-in-function asm-at-file asm-pasted
    assert_seen_by made constructor attribute-constructor attribute-destructor
    assert_seen_by made here attribute-section
    assert_seen_by made b attribute-alias
    assert_seen_by made chosen attribute-ifunc
    assert_seen_by made maybe attribute-weak
    assert_seen_by made odd attribute-naked
    assert_seen_by made __tsan_release tsan-by-label
    assert_seen_by made __tsan_init tsan-defined-by-label
    assert_seen_by made llvm.returnaddress frame-return
    assert_seen_by made llvm.thread.pointer frame-thread-pointer
}

@test "with the newest clang as the compiler the same is refused, and honest programs pass" {
    type -P clang-19 >/dev/null || skip "clang-19 is not here; scripts/setup test installs it"
    said=$BATS_TEST_TMPDIR
    export INTERLEAVE_CC=clang-19
    local file name
    for name in attribute-no-sanitize attribute-in-brackets pragma-pasted tsan-by-label call-fork asm-in-function cast-sum notice-pasted embed odd-c11 atomics c11-threads thread-safety; do
        file=$project/tests/gate/$name.c
        look 02-shared-counter "$file"
        assert_equal "$name $(refused_in "$file")" "$name $(expected_in "$file")"
    done
}
