#include "drive.h"

#include "answer.h"
#include "ending.h"
#include "moves.h"
#include "prompt.h"
#include "screen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HISTORY = 40, NARROW = 60, UNDO_MOST = 500 };

struct session {
    const struct ride *ride;
    struct machine *machine;
    struct screen screen;
    struct position now;
    struct strings before; // the moves before each command, for undo
    bool each, past_faults;
    char *note; // for the next picture
    bool stale; // the picture is not of now
};

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

static void note(struct session *session, char *sentence) {
    free(session->note);
    session->note = sentence;
}

static const char *moves_of(const struct session *session) {
    const char *moves = text(session->now.state, "moves");
    return moves ? moves : "";
}

static enum ending ending(const struct session *session) {
    return ending_of(session->ride, &session->now, session->past_faults);
}

static bool asks(const struct session *session) {
    return ending(session) == ENDING_NONE;
}

// Takes the new position. False when it could not be told: the old one stays.
static bool go(struct session *session, struct drive drive, bool remember) {
    struct position position = {0};
    char *before = string_copy(moves_of(session));
    drive.each = session->each;
    drive.past_faults = session->past_faults;
    char *trouble = machine_run(session->machine, &drive, &position);
    prompt_open();
    bool done = position.state != NULL;
    if (done) {
        position_free(&session->now);
        session->now = position;
        if (remember)
            strings_add(&session->before, before);
        note(session, remember && drive.next >= 0 ? moves_tell(before, moves_of(session)) : NULL);
    } else {
        note(session, trouble);
        trouble = NULL;
    }
    session->stale = true;
    free(trouble);
    free(before);
    return done;
}

// What was asked for

static const json_t *thread_numbered(const struct session *session, int number) {
    size_t i;
    json_t *thread;
    json_array_foreach(json_object_get(session->now.state, "threads"), i,
                       thread) if (json_integer_value(json_object_get(thread, "number")) ==
                                   number) return thread;
    return NULL;
}

static bool has_ended(const struct session *session, const char *name) {
    size_t i;
    json_t *step;
    json_array_foreach(json_object_get(session->now.state, "trace"), i,
                       step) if (strcmp(text(step, "thread"), name) == 0) return true;
    return false;
}

// Why a move is impossible; NULL: it is possible. Owned by the caller.
static char *refuse_move(const struct session *session, const struct request *request) {
    const json_t *thread = thread_numbered(session, request->thread);
    char *name = request->thread ? string_format("T%d", request->thread) : string_copy("main");
    char *sentence = NULL;
    const char *needed = request->way == 't' ? "time_out" : request->way == 's' ? "wake" : "go";
    if (!thread && has_ended(session, name)) {
        sentence = string_format("%s has ended.", name);
    } else if (!thread) {
        sentence = string_format("There is no thread %s.", name);
    } else if (!json_is_true(json_object_get(thread, needed))) {
        char *wait = screen_wait(thread);
        if (request->way == 't')
            sentence = string_format("%s is not in a wait that may time out now.", name);
        else if (request->way == 's')
            sentence = string_format("%s does not wait for a condition.", name);
        else
            sentence = string_format("%s cannot go on: it %s.%s", name, wait,
                                     json_is_true(json_object_get(thread, "time_out"))
                                         ? " It may time out: add a t."
                                         : "");
        free(wait);
    }
    free(name);
    return sentence;
}

static void move(struct session *session, struct request *request) {
    const json_t *thread = thread_numbered(session, request->thread);
    if (!request->way && !json_is_true(json_object_get(thread, "go")) &&
        json_is_true(json_object_get(thread, "time_out")))
        request->way = 't'; // what else could be meant
    char *sentence = asks(session) ? refuse_move(session, request)
                                   : string_copy("The run is over: u undoes, r begins again.");
    if (sentence) {
        screen_say(&session->screen, YELLOW, sentence);
        free(sentence);
        return;
    }
    const struct drive drive = {.moves = moves_of(session),
                                .next = request->thread,
                                .way = request->way,
                                .times = request->times};
    go(session, drive, true);
}

static const char nothing[] = "There is nothing to undo.";

static void undo(struct session *session, const struct request *request) {
    unsigned times = request->times ? request->times : 1;
    if (!session->before.count) {
        screen_say(&session->screen, YELLOW, nothing);
        return;
    }
    char *now = string_copy(moves_of(session));
    // One that is followed by the same steps again, since there was no choice, is none.
    while (times && session->before.count) {
        char *moves = session->before.items[--session->before.count];
        session->before.items[session->before.count] = NULL;
        bool here = --times == 0 || !session->before.count;
        if (here && go(session, (struct drive){.moves = moves, .next = -1}, false))
            times += strcmp(now, moves_of(session)) == 0;
        free(moves);
    }
    if (strcmp(now, moves_of(session)) == 0) {
        screen_say(&session->screen, YELLOW, nothing);
        session->stale = false;
    }
    free(now);
}

static void save(struct session *session, const struct request *request) {
    const char *word = text(session->now.state, "schedule"), *path = request->operand;
    if (!word) {
        screen_say(&session->screen, YELLOW, "The schedule is too long to be written.");
        return;
    }
    if (!*path) {
        ending_say_schedule(session->ride, &session->screen, word);
        return;
    }
    char *name = string_format("%.*s", (int)strcspn(path, "\r\n"), path);
    int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    char *line = string_format("%s\n", word);
    bool ok = file >= 0 && write(file, line, strlen(line)) == (ssize_t)strlen(line);
    char *sentence = ok ? string_format("Saved. Back to here: %s --schedule \"$(cat %s)\"",
                                        session->ride->again, name)
                        : string_format("%s: %s; name another file", name, strerror(errno));
    if (file >= 0)
        close(file);
    screen_say(&session->screen, ok ? GREEN : YELLOW, sentence);
    free(sentence);
    free(line);
    free(name);
}

static void show_output(struct session *session) {
    const char *output = text(session->now.state, "output");
    if (!output || !*output)
        screen_say(&session->screen, PLAIN, "The program has printed nothing.");
    else
        ending_say_output(&session->screen, output);
}

// The same position, seen in another way.
static void look_again(struct session *session) {
    char *moves = string_copy(moves_of(session));
    go(session, (struct drive){.moves = moves, .next = -1}, false);
    free(moves);
}

static void go_past_fault(struct session *session) {
    if (session->ride->challenge || asks(session) || !session->now.faults.count) {
        screen_say(&session->screen, YELLOW, "There is no fault that could be passed over.");
        return;
    }
    char *moves = string_copy(moves_of(session));
    session->past_faults = true;
    look_again(session);
    if (strcmp(moves, moves_of(session)) == 0 && !asks(session))
        note(session, string_copy("The program cannot go on after this fault."));
    free(moves);
}

static void only_one(struct session *session) {
    const json_t *only = NULL;
    size_t i, count = 0;
    json_t *thread;
    json_array_foreach(json_object_get(session->now.state, "threads"), i,
                       thread) if (json_is_true(json_object_get(thread, "go"))) {
        only = thread;
        count++;
    }
    struct request request = {.thread = (int)json_integer_value(json_object_get(only, "number")),
                              .times = 1};
    if (count == 1 && session->each)
        move(session, &request);
    else
        screen_say(&session->screen, YELLOW, "Type the number of a thread, or ? for help.");
}

// False: it is enough.
static bool obey(struct session *session, const char *line) {
    struct request request = request_read(line);
    switch (request.wish) {
    case WISH_MOVE:
        move(session, &request);
        break;
    case WISH_NOTHING:
        only_one(session);
        break;
    case WISH_UNDO:
        undo(session, &request);
        break;
    case WISH_SAVE:
        save(session, &request);
        break;
    case WISH_RESTART:
        strings_add(&session->before, moves_of(session));
        go(session, (struct drive){.moves = "", .next = -1}, false);
        break;
    case WISH_EACH:
        session->each = !session->each;
        look_again(session);
        note(session, string_copy(session->each ? "It stops at each step now."
                                                : "It stops only where there is a choice."));
        break;
    case WISH_LINES:
        screen_history(&session->screen, &session->now, request.times ? request.times : HISTORY);
        break;
    case WISH_OUTPUT:
        show_output(session);
        break;
    case WISH_ON:
        go_past_fault(session);
        break;
    case WISH_HELP:
        fputs(request_help, stdout);
        break;
    case WISH_UNKNOWN: {
        char *sentence = string_format(
            "`%.40s` is no command; type the number of a thread, or ? for help.", line);
        screen_say(&session->screen, YELLOW, sentence);
        free(sentence);
        break;
    }
    case WISH_QUIT:
        return false;
    }
    return true;
}

// The dialogue

static void show(struct session *session) {
    session->screen = screen_new(session->ride->program);
    screen_draw(&session->screen, &session->now, asks(session), session->ride->goal, session->note);
    if (!asks(session))
        ending_say(session->ride, &session->screen, &session->now, ending(session));
    note(session, NULL);
    session->stale = false;
}

static bool can(const json_t *threads, size_t index, const char *key) {
    return json_is_true(json_object_get(json_array_get(threads, index), key));
}

static long number_at(const json_t *threads, size_t index) {
    return (long)json_integer_value(json_object_get(json_array_get(threads, index), "number"));
}

// "0 2-10", of the threads that can go on in that way.
static void add_choices(const json_t *threads, const char *key, const char *letter,
                        struct text *prompt) {
    for (size_t i = 0; i < json_array_size(threads); i++) {
        if (!can(threads, i, key))
            continue;
        size_t end = i;
        while (!*letter && can(threads, end + 1, key) &&
               number_at(threads, end + 1) == number_at(threads, end) + 1)
            end++;
        text_add(prompt, "%s%ld%s", string_ends(prompt->data, "[") ? "" : " ",
                 number_at(threads, i), letter);
        if (end > i)
            text_add(prompt, "%s%ld", end > i + 1 ? "-" : " ", number_at(threads, end));
        i = end;
    }
}

static void ask(const struct session *session) {
    const bool narrow = session->screen.painter.width < NARROW;
    struct text prompt = {0};
    if (asks(session)) {
        text_add(&prompt, narrow ? "[" : "which thread moves? [");
        const json_t *threads = json_object_get(session->now.state, "threads");
        add_choices(threads, "go", "", &prompt);
        add_choices(threads, "time_out", "t", &prompt);
        add_choices(threads, "wake", "s", &prompt);
        text_add(&prompt, narrow ? " u q ?] " : ", u undo, s save, r restart, q quit, ? help] ");
    } else {
        text_add(&prompt, narrow
                              ? "[u r s q ?] "
                              : "what now? [u undo, r restart, s save, l lines, q quit, ? help] ");
    }
    painted(&session->screen.painter, BOLD, "%s", prompt.data);
    fflush(stdout);
    text_free(&prompt);
}

// What a terminal would have shown: so the answer stands behind its question.
static void echo(const char *line) {
    struct text printable = {0};
    text_add_line(&printable, line);
    printf("%s\n", printable.data ? printable.data : "");
    text_free(&printable);
}

static int converse(struct session *session) {
    struct text line = {0};
    enum answer answer = ANSWER_LINE;
    bool on = true;
    while (on && !machine_stopped_by(session->machine)) {
        if (session->stale)
            show(session);
        ask(session);
        answer = prompt_read(&line);
        if (answer == ANSWER_STOPPED || answer == ANSWER_END)
            break;
        session->stale = answer == ANSWER_REDRAW;
        if (!isatty(STDIN_FILENO) && answer == ANSWER_LINE)
            echo(line.data);
        if (answer == ANSWER_LINE)
            on = obey(session, line.data);
    }
    if (answer == ANSWER_END || answer == ANSWER_STOPPED)
        putchar('\n');
    text_free(&line);
    int by = answer == ANSWER_STOPPED ? prompt_signal() : machine_stopped_by(session->machine);
    return by ? 128 + by : 0;
}

// Where the moves of a schedule that was given can be undone: "0*4,1" after its first four.
static void fill_undo(struct session *session) {
    const char *moves = moves_of(session);
    for (const char *at = moves; at && session->before.count < UNDO_MOST; at = strchr(at + 1, ','))
        strings_addf(&session->before, "%.*s", (int)(at - moves), moves);
}

static char *begin(struct session *session) {
    const struct ride *ride = session->ride;
    const struct drive drive = {.schedule = ride->schedule, .moves = "", .next = -1};
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "building, and looking for accesses that race …\r");
    char *problem = machine_build(session->machine);
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\033[K");
    if (problem || machine_stopped_by(session->machine))
        return problem;
    if (!go(session, drive, false) && !machine_stopped_by(session->machine)) {
        problem = session->note;
        session->note = NULL;
    }
    if (!problem && ride->schedule)
        fill_undo(session);
    return problem;
}

int drive_run(const struct ride *ride, char **problem) {
    struct session session = {.ride = ride, .stale = true};
    session.past_faults = ride->challenge != NULL; // only the end of the run can tell, mostly
    session.machine = machine_new(ride->home, ride->program, ride->jobs);
    session.screen = screen_new(ride->program);
    *problem = begin(&session);
    int status = 128 + machine_stopped_by(session.machine);
    if (machine_stopped_by(session.machine)) { // which explains all else
        free(*problem);
        *problem = NULL;
    } else if (!*problem) {
        status = converse(&session);
    }
    prompt_close();
    position_free(&session.now);
    strings_free(&session.before);
    free(session.note);
    machine_free(session.machine);
    return status;
}
