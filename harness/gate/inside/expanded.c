// The text behind the preprocessor: every token as the compiler gets it, whatever macros it was pasted
// together by. Only what stands on lines of the student's file counts; the rest is of headers.
#include "inside.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MOST = 256 };

struct reader {
    struct gate *gate;
    const char *at, *main; // name of the student's file, as the compiler was given it
    int line;
    bool in_main;
    struct text string; // adjacent string literals are one
    int string_line;
};

// # 12 "file" flags
static void read_marker(struct reader *reader) {
    char *end;
    long line = strtol(reader->at + 2, &end, 10);
    struct text file = {0};
    const char *at = strchr(end, '"');
    for (at = at ? at + 1 : end; *at && *at != '"' && *at != '\n'; at++) {
        if (*at == '\\' && at[1])
            at++;
        text_add_bytes(&file, at, 1);
    }
    reader->line = (int)line;
    reader->in_main = file.data && strcmp(file.data, reader->main) == 0;
    text_free(&file);
    reader->at = at + strcspn(at, "\n");
    reader->at += *reader->at == '\n';
}

// Blanks and ends of lines, with the markers between them. False at the end of the text, or before a
// directive that is not a marker.
static bool skip_blanks(struct reader *reader) {
    bool fresh = false; // nothing but blanks on the line so far
    for (;;) {
        if (*reader->at == '\n') {
            reader->line++;
            reader->at++;
            fresh = true;
        } else if (*reader->at && strchr(" \t\v\f\r", *reader->at)) {
            reader->at++;
        } else if (fresh && reader->at[0] == '#' && reader->at[1] == ' ' &&
                   isdigit((unsigned char)reader->at[2])) {
            read_marker(reader);
        } else {
            return fresh && *reader->at == '#';
        }
    }
}

static bool is_word_part(char c) {
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (c & 0x80) || c == '\\';
}

static void end_string(struct reader *reader) {
    if (reader->string.length && name_telltale(reader->string.data))
        refuse(reader->gate, reader->string_line, "string",
               string_copy("the text names the surroundings of the program, by which it could tell "
                           "who watches; an exercise needs none of them, so take it out"));
    text_free(&reader->string);
}

static void skip_quoted(struct reader *reader, bool counts) {
    char quote = *reader->at++;
    while (*reader->at && *reader->at != quote && *reader->at != '\n') {
        size_t length = reader->at[0] == '\\' && reader->at[1] ? 2 : 1;
        if (quote == '"' && counts)
            text_add_bytes(&reader->string, reader->at, length);
        reader->at += length;
    }
    reader->at += *reader->at == quote;
}

// The next token: its first bytes in `word`, its line in `line`. False at the end.
static bool next(struct reader *reader, char word[WORD_MOST], int *line) {
    skip_blanks(reader);
    const char *at = reader->at;
    *line = reader->line;
    if (!*at)
        return false;
    if (*at == '"' || *at == '\'') {
        if (*at == '"' && !reader->string.length)
            reader->string_line = reader->line;
        skip_quoted(reader, reader->in_main);
        copy_bounded(word, WORD_MOST, at, 1);
        return true;
    }
    static const char *const digraphs[][2] = {{"<:", "["}, {":>", "]"}, {"<%", "{"}, {"%>", "}"}};
    for (size_t i = 0; i < sizeof digraphs / sizeof digraphs[0]; i++)
        if (string_starts(at, digraphs[i][0])) {
            copy_bounded(word, WORD_MOST, digraphs[i][1], 1);
            reader->at += 2;
            return true;
        }
    size_t length = 1;
    if (is_word_part(*at))
        while (is_word_part(at[length]) ||
               ((at[length] == '+' || at[length] == '-') && isdigit((unsigned char)*at) &&
                strchr("eEpP", at[length - 1])))
            length++;
    // The prefix of a literal is none of its own token.
    if ((at[length] == '"' || at[length] == '\'') && length <= 2 && strchr("LuU", *at)) {
        reader->at = at + length;
        return next(reader, word, line);
    }
    copy_bounded(word, WORD_MOST, at, length);
    reader->at += length;
    return true;
}

// What a directive that is left can be is a pragma.
static void look_at_pragma(struct reader *reader) {
    static const char harmless[] =
        "STDC once pack message unroll nounroll region endregion mark omp push_macro pop_macro";
    static const char harmless_of_compilers[] =
        "diagnostic poison warning error system_header loop unsafe_buffer_usage assume_nonnull "
        "deprecated final restrict_expansion dependency ivdep unroll nounroll visibility";
    const char *end = reader->at + strcspn(reader->at, "\n"), *at = reader->at + 1;
    char first[WORD_MOST], second[WORD_MOST];
    at += strspn(at, " \t");
    at += string_starts(at, "pragma") ? strlen("pragma") : 0;
    at += strspn(at, " \t");
    size_t length = strcspn(at, " \t(\n");
    copy_bounded(first, sizeof first, at, length);
    at += length;
    at += strspn(at, " \t");
    copy_bounded(second, sizeof second, at, strcspn(at, " \t(\n"));
    bool compilers = name_listed("GCC clang", first);
    bool fine =
        compilers ? name_listed(harmless_of_compilers, second) : name_listed(harmless, first);
    // The compiler judges too, where a lesson has it watch the locks.
    char *line = string_format("%.*s", (int)(end - reader->at), reader->at);
    fine = fine && !strstr(line, "-Wthread-safety") && !strstr(line, "-Weverything");
    free(line);
    if (reader->in_main && *first && !fine) {
        char *name =
            string_format("#pragma %s%s%s", first, compilers ? " " : "", compilers ? second : "");
        refuse(
            reader->gate, reader->line, name,
            string_format("`%s` changes what the compiler makes of the functions, or under which "
                          "names; take it out",
                          name));
        free(name);
    }
    reader->at = end;
}

// The name without the underscores around it.
static void strip(char *name) {
    size_t length = strlen(name);
    if (length > 4 && string_starts(name, "__") && string_ends(name, "__")) {
        memmove(name, name + 2, length - 4);
        name[length - 4] = '\0';
    }
}

static void look_at_attribute(struct reader *reader, int line, const char *name, bool in_line) {
    if (name_attribute(name) || (strcmp(name, "nodebug") == 0 && in_line))
        return;
    refuse(reader->gate, line, name,
           string_format("the attribute `%s` changes what the compiler makes of this, or hides it "
                         "from the tools; take it out",
                         name));
}

// The names in (( … )) or [[ … ]], each with what may follow in parentheses.
static void look_at_attributes(struct reader *reader, int depth_of_names, int depth) {
    char word[WORD_MOST];
    struct strings names = {0};
    int line, first = 0;
    bool expected = depth == depth_of_names;
    while (depth > 0 || depth_of_names > depth) {
        if (!next(reader, word, &line))
            break;
        if (!first)
            first = line;
        if (name_listed("( [ {", word)) {
            depth++;
            expected = depth == depth_of_names;
        } else if (name_listed(") ] }", word)) {
            depth--;
        } else if (depth == depth_of_names && (*word == ',' || *word == ':')) {
            if (*word == ':' &&
                names.count) { // gnu::unused, clang::no_sanitize: what follows is it
                free(names.items[--names.count]);
                names.items[names.count] = NULL;
            }
            expected = true;
        } else if (depth == depth_of_names && expected && is_word_part(*word)) {
            strip(word);
            strings_add(&names, word);
            expected = false;
        }
        if (depth <= 0)
            break;
    }
    for (size_t i = 0; i < names.count; i++)
        look_at_attribute(reader, first, names.items[i], strings_has(&names, "always_inline"));
    strings_free(&names);
}

static void look_at_word(struct reader *reader, const char *word, int line) {
    struct gate *gate = reader->gate;
    const char *why = name_of_tools(word);
    if (why)
        refuse(gate, line, word, string_format("`%s` %s; take it out", word, why));
    else if (name_listed("__attribute__ __attribute", word))
        look_at_attributes(reader, 2, 0);
    else if (name_listed("__declspec _declspec", word))
        look_at_attributes(reader, 1, 0);
    else if (name_listed("asm __asm__ __asm", word))
        refuse(gate, line, "asm",
               string_copy("assembly is what no tool can look into; write it in C (stdatomic.h has "
                           "what processors can do)"));
    else if (string_starts(word, "__builtin_") && !name_builtin(word))
        refuse(gate, line, word,
               string_format("`%s` reaches below C, to where the tools keep what they know; write "
                             "it without",
                             word));
}

void expanded_look(struct gate *gate, const struct text *text) {
    char *main = string_format("%s%s", gate->source[0] == '-' ? "./" : "", gate->source);
    struct reader reader = {.gate = gate, .at = text->data ? text->data : "", .main = main};
    char word[WORD_MOST];
    int line;
    bool opened = false; // the token before was an opening bracket
    // The text begins with a marker.
    if (string_starts(reader.at, "# "))
        read_marker(&reader);
    for (;;) {
        if (skip_blanks(&reader)) {
            end_string(&reader);
            look_at_pragma(&reader);
            continue;
        }
        if (!next(&reader, word, &line))
            break;
        if (*word != '"')
            end_string(&reader);
        bool opens = *word == '[';
        if (reader.in_main && opens && opened)
            look_at_attributes(&reader, 2, 2);
        else if (reader.in_main && is_word_part(*word))
            look_at_word(&reader, word, line);
        opened = opens && !opened;
    }
    end_string(&reader);
    free(main);
}
