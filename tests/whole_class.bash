# For tests that grade a class: `load class` after `load helper`.
# shellcheck disable=SC2154

# verdicts_in OUT: STUDENT, lesson, file and verdict of each pair, one a line, separated by tabs. A verdict is correct,
# refused, unjudged, unchanged, trouble, or the kinds of the faults, separated by blanks.
verdicts_in() {
    find "$1/records" -name '*.json' -exec cat {} + |
        jq -s 'map({key, value: (if .verdict == "faulty" then [.judgements[].program.faults[].kind] | unique | join(" ") else .verdict end)})
            | from_entries' >"$1.records"
    jq -r --slurpfile records "$1.records" 'select(.student) | [.student, .lesson, .file,
        (if .trouble then "trouble" else ($records[0][.key] // "missing") end)] | @tsv' "$1/worklist.jsonl"
}

# is_one_of VERDICT EXPECTED: each word of the verdict is one that is expected.
is_one_of() {
    local word
    [[ -n $1 ]] || return
    for word in $1; do [[ " $2 " == *" $word "* ]] || return; done
}

# expected_of FILE: what its first lines say.
expected_of() { sed -n 's|^\(\xef\xbb\xbf\)\?/\* verdict: \(.*\) \*/\r\?$|\2|p' "$1" | head -n 1; }

# Runs a command, and then says whether anything that it started still runs: orphans become children of this program.
make_reaper() {
    cat >"$BATS_FILE_TMPDIR/reaper.c" <<'C'
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int status = 127 << 8, other;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    pid_t child = argc > 2 ? fork() : -1;
    if (child == 0) {
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    while (waitpid(child, &status, 0) != child) {
    }
    FILE *left = fopen(argv[1], "w");
    while (left) {
        pid_t pid = waitpid(-1, &other, WNOHANG | __WALL);
        if (pid < 0)
            break;
        if (pid > 0)
            continue; /* has ended, and only nobody had asked for its status */
        fprintf(left, "still running\n");
        break;
    }
    if (left)
        fclose(left);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
C
    clang -D_GNU_SOURCE "$BATS_FILE_TMPDIR/reaper.c" -o "$BATS_FILE_TMPDIR/reaper"
}

# A harness of the whole file, below $BATS_FILE_TMPDIR.
harness_of_the_file() {
    mkdir -p "$BATS_FILE_TMPDIR/build" "$BATS_FILE_TMPDIR/scratch"
    cp -r "$project"/build/interleave* "$project/build/linked" "$BATS_FILE_TMPDIR/build/"
    ln -s "$project/lessons" "$project/solutions" "$BATS_FILE_TMPDIR/"
    open_the_way "$BATS_FILE_TMPDIR"
    interleave=$BATS_FILE_TMPDIR/build/interleave
    unset INTERLEAVE_CC NO_COLOR
    export HOME=$BATS_FILE_TMPDIR TMPDIR=$BATS_FILE_TMPDIR/scratch
}
