# `interleave watch` in a real terminal: tmux holds it, keys are typed, and the screen is read.
# shellcheck disable=SC2016,SC2086,SC2154
load helper

setup() {
    own_harness
    new_exercise 05-votes
    new_exercise 06-other
    file=lessons/05-votes/exercise.c
    export TMUX_TMPDIR=$BATS_TEST_TMPDIR
    unset TMUX
    tmux -f /dev/null new-session -d -s watch -x 80 -y 24 env PS1='$ ' bash --norc --noprofile
    wait_until screen_has '^\$'
    type_keys 'echo before; stty -g >stty.before' Enter
    wait_until screen_has '^before'
}

teardown() {
    tmux kill-server
    wait_until no_children_left
}

type_keys() { tmux send-keys -t watch "$@"; }
screen() { tmux capture-pane -p -t watch; }
screen_has() { screen | grep -qE -e "$1"; }
screen_lacks() { ! screen_has "$1"; }

# shows REGEX: the screen comes to have a line like that.
shows() { wait_until screen_has "$1"; }

# watch [ARGUMENT…]: in the terminal, until the exercise at hand is judged.
watch() {
    type_keys "${environment:+$environment }$interleave watch --lessons lessons $*; echo status \$?" Enter
}
watch_5() { watch "$@" && shows '^5 A test: faulty *( [0-9]|$)'; }

# save [FILE]: as the exercise, in one step, as many editors do.
save() { cp "${1:-solutions/05-votes/exercise.c}" saved.new && mv saved.new $file; }

# The screen is the shell's again, and the terminal as it was.
assert_left() {
    shows "^status $1"
    assert_restored
}

assert_restored() {
    shows '^before'
    type_keys 'stty -g >stty.after' Enter
    wait_until test -s stty.after
    assert_files_equal stty.after stty.before
}

workers() { children | grep -c "$BATS_TEST_TMPDIR/build/interleave.*$1" || true; }
worker_is_gone() { [[ $(workers "$1") == 0 ]]; }
# The process that has the terminal, and the one that guards it.
worker() { pgrep -f "^$interleave watch" -P "$(pgrep -d, -f "^$interleave watch")"; }
guard() { ps -o ppid= -p "$(worker)" | tr -d ' '; }

@test "watch opens on the next exercise that is not solved, judges it, and q leaves the terminal as it was" {
    cp solutions/05-votes/exercise.c $file
    "$interleave" exercise 5 --lessons lessons
    watch
    shows '^6 A test: faulty'
    shows '^h hint  l list  n next  r replay  t trace  o picture  d diff  x reset  q quit'
    shows '^data-race  \(seen by '
    type_keys q
    assert_left 0
}

@test "each save is judged; when all is clean the exercise is solved, and n goes on to the next" {
    watch_5
    { cat $file && echo '// two'; } >two.c
    save two.c
    shows '^5 A test: faulty *( [0-9]|$)'
    wait_until grep -q '"judged"' .interleave/progress.json
    save
    shows '^5 A test: solved at attempt 2$'
    shows '^Solved at attempt 2. The reference: make solution-5'
    shows '^n goes on to exercise 6'
    type_keys n
    shows '^6 A test: '
}

@test "a file that is written in place is judged as well, and what does not compile shows the compiler's words" {
    watch_5
    echo 'int x = y;' >>$file
    shows "use of undeclared identifier 'y'"
}

@test "a save during a run cancels the run: an exercise that never ends delays nothing" {
    watch_5 --timeout 3000
    sed 's/tally->votes += votes;/for (;;) tally->votes += 0 * votes;/' $file >endless.c
    save endless.c
    shows 'exercise.c compiles'
    save
    shows '^5 A test: solved at attempt 1$'
    wait_until worker_is_gone 'exercise 5'
}

@test "q works at once while an exercise runs that never ends, and nothing is left of it" {
    sed -i 's/tally->votes += votes;/for (;;) tally->votes += 0 * votes;/' $file
    watch 5 --timeout 3000
    shows 'exercise.c compiles'
    type_keys q
    assert_left 0
    assert_equal "$(children | grep -v '/tmux\|/bash' | grep -v "^$BASHPID ")" ""
}

@test "h shows the next hint each time, and Escape goes back to the verdict" {
    watch_5
    type_keys h
    shows '^Who adds\?'
    type_keys h
    shows '^Who adds at the same time\?'
    type_keys Escape
    shows '^data-race  \(seen by '
    assert_equal "$(jq '.exercises["05-votes"].hints' .interleave/progress.json)" 2
}

@test "l lists the exercises, and a number and Enter goes to one" {
    watch_5
    type_keys l
    shows '^> \[ \]  5  A test'
    type_keys 6
    shows 'the course exercise 6'
    type_keys Enter
    shows '^6 A test: '
}

@test "d shows what has changed in the shipped file" {
    watch_5
    type_keys d
    shows '^No difference'
    save
    shows '^5 A test: solved'
    type_keys d
    shows '^\+    pthread_mutex_lock'
    shows '^--- as shipped'
}

@test "x restores the shipped file after a question, and nothing is lost" {
    save && cp $file mine.c
    watch 5
    shows '^5 A test: solved'
    type_keys x
    shows '^Restore the shipped file\?.* y yes  n no'
    type_keys n
    shows '^h hint'
    assert_files_equal $file mine.c
    type_keys x y
    shows 'exercise.c is as shipped again; yours is kept as'
    shows '^5 A test: faulty'
    assert_files_equal $file solutions/05-votes/shipped.c
    assert_files_equal $file.old-1 mine.c
}

@test "r replays the schedule that fails, also when it is asked for before it is known" {
    watch 5
    shows '^5 A test: '
    type_keys r
    shows '^  main  '
    shows '^5 A test: the failing schedule'
    type_keys Escape
    save
    shows '^5 A test: solved'
    type_keys r
    shows 'no schedule that fails'
}

@test "? names every key, and Enter judges again" {
    watch_5
    type_keys '?'
    shows '^Ctrl-L +draw'
    local key
    for key in h l n r t o d x q; do screen_has "^$key +[a-z]" || fail "no $key"; done
    type_keys Escape Enter
    shows '^5 A test: faulty'
}

@test "a command that fails is shown with its own words" {
    watch_5
    rm "$interleave"
    type_keys h
    shows 'build/interleave: no such file'
}

@test "what does not fit is scrolled" {
    tmux resize-window -t watch -x 80 -y 10
    watch_5
    shows '^5 A test: faulty +1-8/'
    type_keys G
    shows 'make hint-5'
    type_keys g j k Down Down
    shows '^5 A test: faulty +3-10/'
    type_keys Home PageDown
    shows '^5 A test: faulty +8-15/'
}

@test "an exercise that is deleted under the watch is said to be gone, and judged when it is back" {
    watch_5
    mv $file away.c
    shows '^lessons/05-votes/exercise.c is not there'
    cp solutions/05-votes/exercise.c $file
    shows '^5 A test: solved'
    mv lessons/05-votes lessons/moved
    shows 'is not there'
    mv lessons/moved lessons/05-votes
    cp away.c $file
    shows '^5 A test: faulty'
}

@test "an exercise that is gone can be brought back by x" {
    watch_5
    rm $file
    shows 'is not there'
    type_keys x y
    shows 'is there again, as shipped'
    shows '^5 A test: faulty'
}

@test "where the system does not tell of changes, --poll sees them" {
    watch_5 --poll
    assert_equal "$(cat /proc/"$(worker)"/fdinfo/* | grep -c '^inotify wd')" 0
    save
    shows '^5 A test: solved'
}

@test "in a terminal of 20 columns and 5 rows all can still be read, and used" {
    watch_5
    tmux resize-window -t watch -x 20 -y 60
    shows '^  the same memory,$'
    tmux resize-window -t watch -x 20 -y 5
    shows '^h l n r t o d x \? q$'
    shows '^5 A test'
    type_keys G
    shows 'make hint-5'
    type_keys x
    shows '^Reset\? y yes  n no'
    type_keys n
    tmux resize-window -t watch -x 80 -y 24
    shows '^h hint  l list'
    type_keys g
    shows '^  (native|tsan) +(clean|faults) .{10}'
}

@test "Ctrl-Z gives the terminal back to the shell, and fg brings the watch back" {
    watch_5
    type_keys C-z
    shows '^\[1\]\+ .*Stopped'
    shows '^before'
    type_keys 'stty -g >stty.after' Enter
    wait_until test -s stty.after
    assert_files_equal stty.after stty.before
    save
    type_keys fg Enter
    shows '^5 A test: solved'
    type_keys q
    shows '^before'
}

@test "Ctrl-C ends the watch, and so does a signal: the terminal is as it was" {
    watch_5
    type_keys C-c
    assert_left 0
    rm stty.after
    type_keys clear Enter 'echo before' Enter
    watch_5
    kill -TERM "$(guard)"
    assert_left 143
}

@test "when the watch is killed, whichever of its processes it is, the terminal is as it was" {
    watch_5
    kill -KILL "$(worker)"
    assert_left 137
    rm stty.after
    type_keys clear Enter 'echo before' Enter
    watch_5
    kill -KILL "$(guard)"
    wait_until worker_is_gone watch # what the shell said before that went with the screen
    assert_restored
}

@test "without colour there is none, and a dumb terminal gets no escape sequence at all" {
    tmux pipe-pane -t watch 'cat >raw.txt'
    environment=NO_COLOR=1 watch 5
    shows '^5 A test: faulty *( [0-9]|$)'
    type_keys q
    shows '^status 0'
    run grep -c $'\x1b\[[0-9;]*[1-9]m' raw.txt
    assert_output 0
    tmux pipe-pane -t watch
    tmux pipe-pane -t watch 'cat >dumb.txt'
    environment=TERM=dumb watch 5
    wait_until grep -q '^5 A test: faulty' dumb.txt
    type_keys h
    wait_until grep -q 'Who adds' dumb.txt
    type_keys q
    wait_until grep -q '^status 0' dumb.txt
    run grep -c $'^[^$]*\x1b' <(sed -n '/A test/,/^status/p' dumb.txt)
    assert_output 0
}

@test "a second watch of the course says who has the first, and ends" {
    watch_5
    run --separate-stderr timeout 60 script -qec "$interleave watch --lessons lessons" /dev/null
    assert_equal "$status" 2
    assert_contains "$output" "another watch of this course is open (process $(worker))"
    type_keys q
    assert_left 0
}

@test "a damaged progress file is said above the verdict, and where none can be kept the watch goes on" {
    mkdir .interleave && echo damage >.interleave/progress.json
    watch 5
    shows 'is damaged; it is kept as'
    shows '^data-race  \(seen by '
    type_keys q
    assert_left 0
    rm -r .interleave stty.after && touch .interleave
    type_keys clear Enter 'echo before' Enter
    save
    watch 5
    shows '^5 A test: solved$'
    shows 'progress is not kept'
}

@test "a lesson that cannot be read is told in the place of the verdict" {
    watch_5
    echo nonsense >>lessons/06-other/lesson.ini
    type_keys Enter
    shows '06-other/lesson.ini:[0-9]+: neither'
    shows '^5 A test: could not be judged'
}

# From now on the watch runs this in the place of its own commands: a picture is written.
draw_pictures() {
    touch page.html
    printf '#!/bin/sh\necho "$1 $2: wrote page.html"\n' >"$interleave.new"
    chmod +x "$interleave.new"
    mv "$interleave.new" "$interleave"
}

@test "o writes the picture and opens it where there is a display" {
    fake_tool xdg-open <<'E'
#!/bin/sh
printf '%s\n' "$@" >"$HOME/here/opened"
E
    environment="DISPLAY=:9 PATH=$PATH" watch_5
    draw_pictures
    type_keys o
    shows '^picture 5: wrote page.html'
    shows '^Opened: file:///'
    wait_until test -s opened
    assert_equal "$(cat opened)" "file://$PWD/page.html"
}

@test "o names the picture's address where there is no display" {
    environment="DISPLAY= WAYLAND_DISPLAY=" watch_5
    draw_pictures
    type_keys o
    shows '^Open it in a browser: file:///'
}
