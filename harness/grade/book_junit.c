// junit.xml: a suite for each student and a case for each lesson. What is the student's is a failure, what is
// ours an error, what is not there is skipped.
#include "book.h"

#include <libxml/xmlwriter.h>
#include <stdlib.h>
#include <string.h>

static const char name[] = "junit.xml";
enum { TEXT_LONGEST = 8000 }; // bytes of a failure

static const char *const elements[MARKS] = {
    [MARK_MISSING] = "skipped", [MARK_UNCHANGED] = "skipped", [MARK_CORRECT] = NULL,
    [MARK_FAULTY] = "failure",  [MARK_BROKEN] = "failure",    [MARK_REFUSED] = "failure",
    [MARK_OPEN] = "error",
};

struct state {
    FILE *out;
    xmlBufferPtr cases; // of the student in hand
    xmlTextWriterPtr writer;
};

static const xmlChar *xml(const char *text) {
    return (const xmlChar *)text;
}

// XML 1.0 can hold neither control characters nor U+FFFE and U+FFFF, not even written as references.
static char *xml_text(const char *words) {
    struct text text = {0};
    text_add_printable(&text, words, strlen(words));
    char *safe = text_take(&text);
    for (char *at = safe; (at = strstr(at, "\xef\xbf")); at += 3)
        if (at[2] == '\xbe' || at[2] == '\xbf')
            at[2] = '\xbd';
    return safe;
}

static void attribute(xmlTextWriterPtr writer, const char *key, const char *value) {
    char *safe = xml_text(value);
    xmlTextWriterWriteAttribute(writer, xml(key), xml(safe));
    free(safe);
}

static void *open_junit(struct desk *desk) {
    struct state *state = memory_zeroed(1, sizeof *state);
    state->out = desk_open(desk, name);
    if (state->out)
        fputs(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"interleave grade\">\n",
            state->out);
    return state;
}

static void drop(struct state *state) {
    if (state->writer)
        xmlFreeTextWriter(state->writer);
    if (state->cases)
        xmlBufferFree(state->cases);
    state->writer = NULL;
    state->cases = NULL;
}

static void begin_writer(struct state *state) {
    drop(state);
    state->cases = xmlBufferCreate();
    state->writer = xmlNewTextWriterMemory(state->cases, 0);
    xmlTextWriterSetIndent(state->writer, 1);
}

static void begin_junit(struct desk *desk, void *context, const struct student *student) {
    (void)desk, (void)student;
    begin_writer(context);
}

static void add_outcome(xmlTextWriterPtr writer, const struct pair *pair,
                        const struct losses *losses, const char *element, const char *points) {
    char *why = losses_why(pair), *words = losses_words(pair, losses, CHECKS, TEXT_LONGEST);
    char *safe = xml_text(words);
    char *message = string_format("%s%s%s", points, *why ? ". " : "", why);
    xmlTextWriterStartElement(writer, xml(element));
    attribute(writer, "message", pair->score.open ? why : message);
    if (strcmp(element, "skipped") != 0) {
        attribute(writer, "type",
                  losses->count ? fault_words[losses->items[0].kind].name
                                : mark_words[pair->score.mark].name);
        xmlTextWriterWriteString(writer, xml(safe));
    }
    xmlTextWriterEndElement(writer);
    free(message);
    free(safe);
    free(words);
    free(why);
}

static const char *element_of(const struct score *score) {
    return score->open && !elements[score->mark] ? "error" : elements[score->mark];
}

static void pair_junit(struct desk *desk, void *context, const struct student *student,
                       const struct pair *pair, const struct losses *losses) {
    struct state *state = context;
    (void)desk;
    char *points = points_words(pair->score.points), *of = points_words(pair->score.of);
    char *says = string_format("%s of %s points", points, of);
    const json_t *seconds = json_object_get(pair->record, "seconds");
    xmlTextWriterStartElement(state->writer, xml("testcase"));
    attribute(state->writer, "classname", student->id);
    attribute(state->writer, "name", pair->lesson->slug);
    if (json_is_number(seconds))
        xmlTextWriterWriteFormatAttribute(state->writer, xml("time"), "%.3f",
                                          json_number_value(seconds));
    if (pair->file)
        attribute(state->writer, "file", pair->file);
    const char *element = element_of(&pair->score);
    if (element)
        add_outcome(state->writer, pair, losses, element, says);
    xmlTextWriterEndElement(state->writer);
    free(says);
    free(of);
    free(points);
}

static void property(xmlTextWriterPtr writer, const char *key, const char *value) {
    xmlTextWriterStartElement(writer, xml("property"));
    attribute(writer, "name", key);
    attribute(writer, "value", value);
    xmlTextWriterEndElement(writer);
}

static void write_head(xmlTextWriterPtr writer, const struct desk *desk,
                       const struct student *student) {
    size_t failures = 0, errors = 0, skipped = 0;
    for (size_t i = 0; i < student->count; i++) {
        const char *element = element_of(&student->pairs[i].score);
        failures += element && strcmp(element, "failure") == 0;
        errors += element && strcmp(element, "error") == 0;
        skipped += element && strcmp(element, "skipped") == 0;
    }
    char *points = points_words(student->points), *of = points_words(student->of);
    xmlTextWriterStartElement(writer, xml("testsuite"));
    attribute(writer, "name", student->name);
    attribute(writer, "id", student->id);
    xmlTextWriterWriteFormatAttribute(writer, xml("tests"), "%zu", student->count);
    xmlTextWriterWriteFormatAttribute(writer, xml("failures"), "%zu", failures);
    xmlTextWriterWriteFormatAttribute(writer, xml("errors"), "%zu", errors);
    xmlTextWriterWriteFormatAttribute(writer, xml("skipped"), "%zu", skipped);
    xmlTextWriterStartElement(writer, xml("properties"));
    property(writer, "points", points);
    property(writer, "of", of);
    property(writer, "sandbox", desk->sandbox);
    property(writer, "harness", roll_text(desk->roll, "harness"));
    property(writer, "scheme", desk->scheme);
    xmlTextWriterEndElement(writer);
    free(of);
    free(points);
}

static void end_junit(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    if (!state->out)
        return;
    xmlTextWriterFlush(state->writer);
    struct state head = {0};
    begin_writer(&head);
    write_head(head.writer, desk, student);
    xmlTextWriterWriteRaw(head.writer, xml("\n"));
    xmlTextWriterWriteRaw(head.writer, xmlBufferContent(state->cases));
    xmlTextWriterEndElement(head.writer);
    xmlTextWriterFlush(head.writer);
    fwrite(xmlBufferContent(head.cases), 1, (size_t)xmlBufferLength(head.cases), state->out);
    drop(&head);
}

static void close_junit(struct desk *desk, void *context) {
    struct state *state = context;
    if (state->out)
        fputs("</testsuites>\n", state->out);
    desk_close(desk, state->out, name);
    drop(state);
    free(state);
}

const struct book book_junit = {.name = name,
                                .open = open_junit,
                                .begin = begin_junit,
                                .pair = pair_junit,
                                .end = end_junit,
                                .close = close_junit};
