// Valgrind's Helgrind, by its XML. The file is cut off when the program is stopped, so it is read error
// by error as far as it goes.
#include "engine.h"
#include "helgrind_error.h"
#include "lock_graph.h"
#include "../linked/witness.h"
#include "../source.h"
#include "../symbols.h"

#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>

void helgrind_prepare(const struct run *run, struct process_spec *spec) {
    // Nothing is inlined at -O0, and to read where takes a sixth of the start of valgrind.
    strings_add_words(&spec->argv,
                      "valgrind --tool=helgrind --command-line-only=yes --vgdb=no --xml=yes "
                      "--free-is-write=yes --fair-sched=try --trace-children=no "
                      "--child-silent-after-fork=yes --error-limit=no --max-threads=8000 "
                      "--read-inline-info=no");
    strings_addf(&spec->argv, "--num-callers=%d", FRAMES_MOST);
    struct text path = {0};
    for (const char *c = run->directory; *c; c++)
        text_add(&path, *c == '%' ? "%%%%" : "%c", *c); // valgrind expands %p and the like
    strings_addf(&spec->argv, "--xml-file=%s/helgrind.xml", path.data);
    text_free(&path);
    strings_add(&spec->environment, "VALGRIND_OPTS=");
    spec->lock_graph = true;
    run_program(run, spec);
}

static char *thread_in(const char *heading) {
    const char *hash = strstr(heading, "thread #");
    return hash ? thread_name(atoi(hash + 8) - 1) : NULL;
}

// Helgrind's sentence with the threads as we name them: its "Thread #2" is T1.
static char *sentence_of(const char *heading) {
    struct text sentence = {0};
    while (*heading) {
        size_t plain = strlen("Thread #");
        if (!string_starts(heading, "Thread #") && !string_starts(heading, "thread #")) {
            text_add(&sentence, "%c", *heading++);
            continue;
        }
        char *end;
        char *thread = thread_name((int)strtol(heading + plain, &end, 10) - 1);
        text_add(&sentence, "%s", thread);
        free(thread);
        heading = end;
    }
    return text_take(&sentence);
}

static enum access_way way_in(const char *heading) {
    return strstr(heading, "write of size")  ? ACCESS_WRITES
           : strstr(heading, "read of size") ? ACCESS_READS
                                             : ACCESS_USES;
}

// The variable in "Location 0x… is 0 bytes inside x[2]"; NULL: a local one has no other name.
static char *variable_in(xmlNode *node) {
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE || !strstr((const char *)child->name, "auxwhat"))
            continue;
        char *text = xml_sentence(child), *variable = NULL;
        const char *quote = strstr(text, "var \"");
        if (quote)
            variable = string_format("`%.*s`", (int)strcspn(quote + 5, "\""), quote + 5);
        else if ((quote = strstr(text, " bytes inside ")) && string_starts(text, "Location "))
            variable = string_format("`%.*s`", (int)strcspn(quote + 14, ",\n"), quote + 14);
        free(text);
        if (variable)
            return variable;
    }
    return NULL;
}

// By its address, "… of size 8 at 0x112298 by …", as the other engines call it; NULL when it is in none.
static char *variable_at(struct symbols *symbols, const char *heading) {
    const char *at = strstr(heading, " at 0x");
    char *name = at ? symbols_variable(symbols, strtoull(at + 4, NULL, 16)) : NULL;
    char *variable = name ? string_format("`%s`", name) : NULL;
    free(name);
    return variable;
}

static void add_race(struct symbols *symbols, struct fault *fault,
                     const struct helgrind_error *error, xmlNode *node, bool foreign) {
    struct access pair[2] = {{.way = ACCESS_USES}, {.way = ACCESS_USES}};
    char *variable = variable_at(symbols, error->stack_count ? error->stacks[0].heading : "");
    if (!variable)
        variable = variable_in(node);
    for (size_t i = 0; i < error->stack_count && i < 2; i++) {
        const struct helgrind_stack *stack = &error->stacks[i];
        if (i == 1 && !strstr(stack->heading, "conflicts with"))
            continue;
        pair[i].way = way_in(stack->heading);
        pair[i].thread = thread_in(stack->heading);
        stack_access(&stack->stack, &pair[i]);
    }
    char *order = string_format(
        "%s%s", access_unordered,
        foreign ? " (this happens in a library, of whose own order Helgrind knows little)" : "");
    access_race(fault, variable, pair, order);
    access_free(&pair[0]);
    access_free(&pair[1]);
    free(order);
    free(variable);
}

// "T1 unlocks `gate` at a.c:9, though main holds it." NULL: the tool's own sentence says it.
static char *misuse_of(const struct helgrind_error *error, struct symbols *symbols) {
    static const struct {
        const char *kind, *rule;
    } rules[] = {{"UnlockUnlocked", "though nobody holds it"},
                 {"UnlockForeign", NULL}, // NULL: the holder is told
                 {"UnlockBogus", "which was never locked"}};
    const char *heading = error->stacks[0].heading, *at = strstr(heading, " at 0x"),
               *other = strstr(heading, "held by thread #");
    const struct frame *frame = stack_own(&error->stacks[0].stack);
    if (!frame || !at || !string_starts(heading, "Thread #"))
        return NULL;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (strcmp(error->kind, rules[i].kind) != 0)
            continue;
        char *name = symbols_variable(symbols, strtoull(at + 4, NULL, 16));
        if (!name)
            name = source_argument(frame->file, frame->line);
        char *thread = thread_name(atoi(heading + 8) - 1),
             *holder = thread_name(other ? atoi(other + 16) - 1 : 0);
        char *rule = rules[i].rule ? string_copy(rules[i].rule)
                                   : string_format("though %s holds it", holder);
        char *sentence = string_format("%s unlocks %s%s%s at %s:%d, %s.", thread, name ? "`" : "",
                                       name ? name : "a lock", name ? "`" : "",
                                       path_base(frame->file), frame->line, rule);
        free(rule);
        free(holder);
        free(thread);
        free(name);
        return sentence;
    }
    return NULL;
}

static const struct helgrind_kind {
    const char *name;
    const char *what; // part of the first sentence; NULL: any
    enum fault_kind kind;
    bool note; // legal C, or too vague: shown, but no fault
} helgrind_kinds[] = {
    {"Race", NULL, FAULT_DATA_RACE, false},
    {"LockOrder", NULL, FAULT_LOCK_ORDER, false},
    {"UnlockUnlocked", NULL, FAULT_LOCK_MISUSE, false},
    {"UnlockForeign", NULL, FAULT_LOCK_MISUSE, false},
    {"UnlockBogus", NULL, FAULT_LOCK_MISUSE, false},
    {"FreeMemLock", NULL, FAULT_LOCK_MISUSE, false},
    {"PthAPIerror", "pthread_mutex_lock", FAULT_LOCK_MISUSE, false},
    {"PthAPIerror", "pthread_mutex_unlock", FAULT_LOCK_MISUSE, false},
    {"PthAPIerror", "pthread_mutex_destroy", FAULT_LOCK_MISUSE, false},
    {"PthAPIerror", "pthread_rwlock", FAULT_LOCK_MISUSE, false},
    {"PthAPIerror", NULL, FAULT_LOCK_MISUSE, true},
    {"Misc", "associated lock is not held", FAULT_LOCK_MISUSE, true}, // by the one who signals
    {"Misc", "destruction of unknown cond var", FAULT_LOCK_MISUSE, true},
    {"Misc", "Exiting thread still holds", FAULT_LOCK_MISUSE, true},
    {"Misc", "pthread_cond_", FAULT_LOCK_MISUSE, false},
    {"Misc", "pthread_mutex_", FAULT_LOCK_MISUSE, false},
    // Also of one that PTHREAD_RWLOCK_INITIALIZER made and nobody has used.
    {"Misc", "pthread_rwlock_destroy with invalid", FAULT_LOCK_MISUSE, true},
    {"Misc", "pthread_rwlock_", FAULT_LOCK_MISUSE, false},
    {"Misc", "pthread_barrier_", FAULT_LOCK_MISUSE, false},
    {"Misc", "sem_", FAULT_LOCK_MISUSE, true},
    {"Misc", NULL, FAULT_LOCK_MISUSE, true},
};

static const struct helgrind_kind *kind_of(const struct helgrind_error *error, const char *what) {
    for (size_t i = 0; i < sizeof helgrind_kinds / sizeof helgrind_kinds[0]; i++) {
        const struct helgrind_kind *kind = &helgrind_kinds[i];
        if (error->kind && strcmp(error->kind, kind->name) == 0 &&
            (!kind->what || strstr(what, kind->what)))
            return kind;
    }
    return NULL;
}

// A race in the code of a library is the library's business, which Helgrind cannot judge: it does not
// see the library's own locks.
static bool is_inside_library(const struct helgrind_error *error) {
    bool second = error->stack_count > 1 && strstr(error->stacks[1].heading, "conflicts with");
    return (error->stack_count && error->stacks[0].in_library) ||
           (second && error->stacks[1].in_library);
}

// What a library does by itself, such as when it is unloaded, is not about the program.
static bool is_own(const struct helgrind_error *error) {
    for (size_t i = 0; i < error->stack_count; i++)
        if (error->stacks[i].own)
            return true;
    return error->stack_count == 0;
}

// What the harness did on purpose (../linked/helgrind_canary.c).
static bool is_canary(const struct helgrind_error *error) {
    const struct stack *stack = error->stack_count ? &error->stacks[0].stack : NULL;
    const char *function = stack && stack->count ? stack->frames[0].function : NULL;
    return function && string_starts(function, "interleave_canary");
}

static void add_error(const struct run *run, struct symbols *symbols, xmlNode *node,
                      const json_t *graph, bool *heard, struct findings *findings) {
    struct helgrind_error error = {0};
    helgrind_error_read(&error, node, symbols, run->build->executable);
    const char *what = error.stack_count ? error.stacks[0].heading : "";
    bool canary = is_canary(&error);
    const struct helgrind_kind *kind = is_own(&error) && !canary ? kind_of(&error, what) : NULL;
    *heard = *heard || canary;
    if (kind) {
        bool foreign = kind->kind == FAULT_DATA_RACE && is_inside_library(&error);
        bool note = kind->note || foreign;
        struct faults *list = note ? &findings->notes : &findings->faults;
        struct fault *fault = faults_add(list, kind->kind, run->engine->name, NULL);
        enum lock_graph locks = LOCKS_UNKNOWN;
        if (kind->kind == FAULT_LOCK_ORDER) {
            locks = lock_graph_judge(graph, fault);
            findings->locks_ordered = locks == LOCKS_ORDERED;
        }
        if (kind->kind == FAULT_DATA_RACE)
            add_race(symbols, fault, &error, node, foreign);
        else if (locks != LOCKS_CYCLIC) {
            fault->message = kind->kind == FAULT_LOCK_ORDER
                                 ? string_copy("locks are taken in both orders")
                             : error.stack_count ? misuse_of(&error, symbols)
                                                 : NULL;
            if (!fault->message)
                fault->message = sentence_of(what);
            size_t most = kind->kind == FAULT_LOCK_ORDER ? error.stack_count : 1;
            for (size_t i = 0; i < most && i < error.stack_count; i++) {
                char *thread = thread_in(error.stacks[i].heading);
                stack_place(&error.stacks[i].stack, fault, thread, NULL);
                free(thread);
            }
        }
    }
    helgrind_error_free(&error);
}

// The program died by a signal: <fatal_signal> has the stack.
static void add_crash(const struct run *run, xmlNode *node, struct findings *findings) {
    char *name = xml_content(node, "signame");
    struct helgrind_stack stack = {0};
    for (xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE && strcmp((const char *)child->name, "stack") == 0)
            helgrind_stack_read(&stack, child, NULL, run->build->executable);
    struct fault *fault = faults_add(
        &findings->faults, FAULT_CRASH, run->engine->name,
        string_format("the program was ended by a signal (%s)", name ? name : "unknown"));
    stack_place(&stack.stack, fault, NULL, "was here when the signal came");
    stack_free(&stack.stack);
    free(name);
}

static void stay_silent(void *context, const char *message, ...) {
    (void)context, (void)message;
}

// Adds the errors of one file; says whether the file is whole, and whether the canary is in it.
static bool read_file(const struct run *run, const char *path, struct symbols *symbols,
                      const json_t *graph, bool *heard, struct findings *findings) {
    xmlSetGenericErrorFunc(NULL, stay_silent);
    xmlTextReader *reader = xmlReaderForFile(
        path, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
    bool finished = false;
    int more = reader ? xmlTextReaderRead(reader) : 0;
    while (more == 1) {
        const char *name = (const char *)xmlTextReaderConstName(reader);
        bool element = xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT;
        bool error = element && strcmp(name, "error") == 0;
        if (error || (element && strcmp(name, "fatal_signal") == 0)) {
            xmlNode *node = xmlTextReaderExpand(reader);
            if (!node)
                break;
            if (error)
                add_error(run, symbols, node, graph, heard, findings);
            else
                add_crash(run, node, findings);
            more = xmlTextReaderNext(reader);
            continue;
        }
        if (element && strcmp(name, "state") == 0) {
            xmlChar *state = xmlTextReaderReadString(reader);
            finished = finished || (state && strcmp((const char *)state, "FINISHED") == 0);
            xmlFree(state);
        }
        more = xmlTextReaderRead(reader);
    }
    if (reader)
        xmlFreeTextReader(reader);
    return finished;
}

// Why its silence says nothing; NULL when it does.
static char *silenced(const struct run *run, const struct process_result *result, bool heard) {
    char *blinded = run_blinded(run, result);
    if (blinded || heard || !run_is_proven(run, result))
        return blinded;
    return string_copy(
        "Helgrind's report is not the one that it wrote: the program has changed the "
        "file, or the disk is full");
}

char *helgrind_read(const struct run *run, const struct process_result *result,
                    struct findings *findings) {
    char *xml = run_path(run, "helgrind.xml");
    observed_hang(run, result, findings);
    uint64_t anchor = (uint64_t)json_integer_value(json_object_get(result->report, "anchor"));
    struct symbols *symbols =
        anchor ? symbols_open(run->build->executable, WITNESS_ANCHOR, anchor) : NULL;
    bool heard = false;
    bool finished = read_file(run, xml, symbols, json_object_get(result->report, "lock_graph"),
                              &heard, findings);
    symbols_close(symbols);
    free(xml);
    char *trouble = NULL;
    const char *said = result->err.data ? result->err.data : "";
    const char *fatal = strstr(said, "valgrind: ");
    if (result->end == PROCESS_FAILED && result->error &&
        strstr(result->error, "valgrind: No such file"))
        trouble = string_copy("valgrind is not installed; run scripts/setup");
    else if (!findings->faults.count)
        trouble = run_cut_short(run, result);
    if (trouble || findings->faults.count)
        return trouble;
    if (finished && !result->signal_number)
        return silenced(run, result, heard);
    if (!finished && strstr(said, "Can't create client cmdline file"))
        return string_copy("valgrind cannot write to its directory for temporary files; make room "
                           "in /tmp, or set TMPDIR to a directory that can be written to");
    return string_format("Helgrind ended before its report did (status %d, signal %d)%s%.*s; "
                         "reinstall valgrind with scripts/setup",
                         result->exit_status, result->signal_number, fatal ? ": " : "",
                         fatal ? (int)strcspn(fatal, "\n") : 0, fatal ? fatal : "");
}
