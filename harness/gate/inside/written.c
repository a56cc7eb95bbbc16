// The file as it is written: its tokens, what it includes and defines for the preprocessor, and its syntax
// tree (libclang).
#include "inside.h"

#include <clang-c/Index.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum origin { OF_STUDENT, OF_LESSON, OF_SYSTEM, OF_OTHERS };

struct written {
    struct gate *gate;
    CXTranslationUnit unit;
    CXFile main;
    unsigned last_include; // its line
    CXFile known;          // whose origin was asked for last
    enum origin origin;
    json_t *declared, *used; // name -> line, like gate->mentions
};

static char *take(CXString string) {
    const char *text = clang_getCString(string);
    char *copy = string_copy(text ? text : "");
    clang_disposeString(string);
    return copy;
}

static bool is_below(const char *path, const char *directory) {
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && path[length] == '/';
}

// A copy of the lesson's own header that a student has beside the exercise.
static bool is_copy(const char *path, const char *original) {
    size_t a, b;
    char *ours = file_read(original, &a), *theirs = ours ? file_read(path, &b) : NULL;
    bool same = theirs && a == b && memcmp(ours, theirs, a) == 0;
    free(ours);
    free(theirs);
    return same;
}

// The lesson's headers are those beside the exercise, in lessons/ and in lessons/lib/.
static bool is_of_lesson(const struct gate *gate, const char *path) {
    const char *base = path_base(path);
    char *lessons =
        string_format("%.*s", (int)(path_base(gate->lesson) - gate->lesson - 1), gate->lesson);
    char *library = string_format("%s/lib", lessons);
    bool beside = strlen(lessons) + 1 == (size_t)(base - path);
    bool ours = is_below(path, gate->lesson) || is_below(path, library) ||
                (is_below(path, lessons) && beside);
    char *copies[] = {string_format("%s/%s", gate->lesson, base),
                      string_format("%s/%s", lessons, base), string_format("%s/%s", library, base)};
    for (size_t i = 0; i < sizeof copies / sizeof copies[0]; i++) {
        ours = ours || (!is_below(path, lessons) && is_copy(path, copies[i]));
        free(copies[i]);
    }
    free(library);
    free(lessons);
    return ours;
}

static char *real_path(CXFile file) {
    char *name = take(clang_getFileName(file)), *real = realpath(name, NULL);
    if (!real)
        return name;
    free(name);
    return real;
}

static enum origin origin_of(struct written *written, CXFile file) {
    if (!file)
        return OF_OTHERS;
    if (clang_File_isEqual(file, written->main))
        return OF_STUDENT;
    if (written->known && clang_File_isEqual(file, written->known))
        return written->origin;
    char *path = real_path(file);
    bool of_system =
        clang_Location_isInSystemHeader(clang_getLocationForOffset(written->unit, file, 0));
    written->known = file;
    written->origin = of_system                           ? OF_SYSTEM
                      : is_of_lesson(written->gate, path) ? OF_LESSON
                                                          : OF_OTHERS;
    free(path);
    return written->origin;
}

static CXFile place_of(CXSourceLocation location, unsigned *line, unsigned *offset) {
    CXFile file = NULL;
    clang_getExpansionLocation(location, &file, line, NULL, offset);
    return file;
}

// Tokens

// By pasting, or by what the preprocessor and its headers offer, a program can ask for the tool it is compiled
// for. Where none of this stands, it is the same text for all.
static bool could_ask(const char *word) {
    return name_listed("## %:%:", word) || string_starts(word, "?\?") || strstr(word, "has_") ||
           strstr(word, "sanitizer") || strstr(word, "CONCAT");
}

static void look_at_tokens(struct written *written) {
    struct gate *gate = written->gate;
    CXToken *tokens = NULL;
    unsigned count = 0;
    size_t size;
    clang_getFileContents(written->unit, written->main, &size);
    CXSourceRange all =
        clang_getRange(clang_getLocationForOffset(written->unit, written->main, 0),
                       clang_getLocationForOffset(written->unit, written->main, (unsigned)size));
    clang_tokenize(written->unit, all, &tokens, &count);
    bool hash = false;
    for (unsigned i = 0; i < count; i++) {
        CXTokenKind kind = clang_getTokenKind(tokens[i]);
        if (kind == CXToken_Comment)
            continue;
        unsigned line;
        place_of(clang_getTokenLocation(written->unit, tokens[i]), &line, NULL);
        char *word = take(clang_getTokenSpelling(written->unit, tokens[i]));
        const char *why =
            kind == CXToken_Identifier || kind == CXToken_Keyword ? name_of_tools(word) : NULL;
        if (why)
            refuse(gate, (int)line, word, string_format("`%s` %s; take it out", word, why));
        if (hash && (kind == CXToken_Literal || strcmp(word, "line") == 0))
            refuse(
                gate, (int)line, "#line",
                string_copy("`#line` gives lines other numbers than they have, so that no report "
                            "could be found again; take it out"));
        if (hash && strcmp(word, "embed") == 0)
            refuse(gate, (int)line, "#embed",
                   string_copy("`#embed` reads another file into the program; an exercise is one "
                               "file, so write what you need into it"));
        gate->asks = gate->asks || could_ask(word);
        hash = name_listed("# %:", word) || string_starts(word, "?\?=");
        free(word);
    }
    clang_disposeTokens(written->unit, tokens, count);
}

// Preprocessing

static char *why_no_include(struct written *written, CXFile file, const char *name) {
    if (string_ends(name, ".c"))
        return string_format("includes %s; an exercise is one file, so write what you need into it",
                             name);
    if (!file)
        return NULL; // the compiler says so
    enum origin origin = origin_of(written, file);
    char *path = real_path(file), *why = NULL;
    const char *base = path_base(path), *lesson = written->gate->lesson;
    char *root = string_format("%.*s", (int)(path_base(lesson) - lesson - 1), lesson);
    char *solutions = string_format("%s/../solutions", root), *real = realpath(solutions, NULL);
    if (strcmp(base, "drive.h") == 0 && origin != OF_SYSTEM)
        why = string_format("includes %s, which is for the driver; take it out", name);
    else if (origin == OF_SYSTEM && !name_header(name))
        why = string_format("includes <%s>, which is not among the headers that an exercise may "
                            "use; take it out, and do it with C11 and POSIX threads",
                            name);
    else if (origin == OF_OTHERS && (is_below(path, root) || (real && is_below(path, real))))
        why = string_format("includes %s, which belongs to another lesson; an exercise stands "
                            "alone, so write what you need into it",
                            name);
    else if (origin == OF_OTHERS)
        why = string_format("includes %s, which is no header of the lesson; an exercise is one "
                            "file, so write what you need into it",
                            name);
    free(real);
    free(solutions);
    free(root);
    free(path);
    return why;
}

static void look_at_include(struct written *written, CXCursor cursor, unsigned line) {
    char *name = take(clang_getCursorSpelling(cursor));
    char *why = why_no_include(written, clang_getIncludedFile(cursor), name);
    if (line > written->last_include)
        written->last_include = line;
    if (why)
        refuse(written->gate, (int)line, name, why);
    free(name);
}

// Whether the place is within a directive, which can ask for a macro without writing its text.
static bool is_in_directive(const struct written *written, CXFile file, unsigned offset) {
    size_t size;
    const char *text = clang_getFileContents(written->unit, file, &size);
    if (!text || offset > size)
        return false;
    while (offset > 0 && text[offset - 1] != '\n')
        offset--;
    while (offset < size && (text[offset] == ' ' || text[offset] == '\t'))
        offset++;
    return offset < size && text[offset] == '#';
}

// Headers are believed because the lesson wrote them: a macro must not change what they say.
static void look_at_expansion(struct written *written, CXCursor cursor, CXFile file,
                              unsigned offset) {
    unsigned line = 0;
    CXCursor definition = clang_getCursorReferenced(cursor);
    if (clang_Cursor_isNull(definition))
        return;
    CXFile from = place_of(clang_getCursorLocation(definition), &line, NULL);
    if (!from || !clang_File_isEqual(from, written->main) || is_in_directive(written, file, offset))
        return;
    char *name = take(clang_getCursorSpelling(cursor));
    if (!name_feature_test(name))
        refuse(written->gate, (int)line, name,
               string_format("the macro `%s` changes what a header says that is included after it; "
                             "define it behind the last #include, or give it another name",
                             name));
    free(name);
}

static enum CXChildVisitResult look_at_preprocessing(CXCursor cursor, CXCursor parent, void *data) {
    (void)parent;
    struct written *written = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind != CXCursor_InclusionDirective && kind != CXCursor_MacroExpansion)
        return CXChildVisit_Continue;
    unsigned line = 0, offset = 0;
    CXFile file = place_of(clang_getCursorLocation(cursor), &line, &offset);
    bool main = file && clang_File_isEqual(file, written->main);
    if (kind == CXCursor_InclusionDirective && main)
        look_at_include(written, cursor, line);
    else if (kind == CXCursor_MacroExpansion && file && !main)
        look_at_expansion(written, cursor, file, offset);
    return CXChildVisit_Continue;
}

// The macro stands for nothing, as in an include guard.
static bool is_empty(CXCursor macro, const char *name) {
    CXSourceRange extent = clang_getCursorExtent(macro);
    unsigned line, from = 0, to = 0;
    place_of(clang_getRangeStart(extent), &line, &from);
    place_of(clang_getRangeEnd(extent), &line, &to);
    return to - from == strlen(name);
}

// A macro in the place of a word that is the compiler's changes headers also from within their own macros,
// where libclang does not tell of it.
static enum CXChildVisitResult look_at_macros(CXCursor cursor, CXCursor parent, void *data) {
    (void)parent;
    struct written *written = data;
    if (clang_getCursorKind(cursor) != CXCursor_MacroDefinition)
        return CXChildVisit_Continue;
    unsigned line = 0;
    CXFile file = place_of(clang_getCursorLocation(cursor), &line, NULL);
    if (!file || !clang_File_isEqual(file, written->main) || line > written->last_include)
        return CXChildVisit_Continue;
    char *name = take(clang_getCursorSpelling(cursor));
    if (name_reserved(name) && !name_feature_test(name) && !is_empty(cursor, name))
        refuse(written->gate, (int)line, name,
               string_format("the macro `%s` replaces a word that is not yours in the headers that "
                             "are included after it; define it behind them, or give it another "
                             "name",
                             name));
    free(name);
    return CXChildVisit_Continue;
}

// Syntax

static void mention(json_t *mentions, const char *name, unsigned line) {
    if (*name && !json_object_get(mentions, name))
        json_object_set_new(mentions, name, json_integer(line));
}

struct labelled {
    json_t *mentions;
    unsigned line;
};

// What the linker knows it by, where that is another name: __isoc99_sscanf.
static enum CXChildVisitResult mention_label(CXCursor cursor, CXCursor parent, void *data) {
    (void)parent;
    const struct labelled *labelled = data;
    if (clang_getCursorKind(cursor) == CXCursor_AsmLabelAttr) {
        char *label = take(clang_getCursorSpelling(cursor));
        mention(labelled->mentions, label, labelled->line);
        free(label);
    }
    return CXChildVisit_Continue;
}

static bool is_to_function(CXType type) {
    type = clang_getCanonicalType(type);
    if (type.kind != CXType_Pointer)
        return false;
    CXType pointee = clang_getCanonicalType(clang_getPointeeType(type));
    return pointee.kind == CXType_FunctionProto || pointee.kind == CXType_FunctionNoProto;
}

static bool is_number(CXType type) {
    type = clang_getCanonicalType(type);
    return (type.kind >= CXType_Bool && type.kind <= CXType_Int128) || type.kind == CXType_Enum;
}

// What a function may not be made of: a number, or an address of something else than a function.
static bool is_data(CXType type) {
    type = clang_getCanonicalType(type);
    if (type.kind != CXType_Pointer)
        return is_number(type);
    return !is_to_function(type) &&
           clang_getCanonicalType(clang_getPointeeType(type)).kind != CXType_Void;
}

static enum CXChildVisitResult keep_last(CXCursor cursor, CXCursor parent, void *data) {
    (void)parent;
    if (clang_isExpression(clang_getCursorKind(cursor)))
        *(CXCursor *)data = cursor;
    return CXChildVisit_Continue;
}

static bool is_null(CXCursor expression) {
    CXEvalResult value = clang_Cursor_Evaluate(expression);
    bool null = value && clang_EvalResult_getKind(value) == CXEval_Int &&
                clang_EvalResult_getAsLongLong(value) == 0;
    if (value)
        clang_EvalResult_dispose(value);
    return null;
}

static void look_at_cast(struct written *written, CXCursor cursor, unsigned line) {
    CXCursor operand = clang_getNullCursor();
    if (!is_to_function(clang_getCursorType(cursor)))
        return;
    clang_visitChildren(cursor, keep_last, &operand);
    if (clang_Cursor_isNull(operand) || !is_data(clang_getCursorType(operand)) || is_null(operand))
        return;
    refuse(
        written->gate, (int)line, "cast",
        string_copy("a function is called here by a number or by an address that was computed, so "
                    "nobody can tell which it is; call it by its name, or by a pointer to "
                    "functions"));
}

static enum CXChildVisitResult look_at_syntax(CXCursor cursor, CXCursor parent, void *data) {
    struct written *written = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    unsigned line = 0;
    place_of(clang_getCursorLocation(cursor), &line, NULL);
    if (kind == CXCursor_CStyleCastExpr || kind == CXCursor_UnexposedExpr)
        look_at_cast(written, cursor, line);
    bool at_file = clang_getCursorKind(parent) == CXCursor_TranslationUnit;
    if (kind == CXCursor_DeclRefExpr || kind == CXCursor_FunctionDecl ||
        (kind == CXCursor_VarDecl && at_file) || kind == CXCursor_CallExpr) {
        char *name = take(clang_getCursorSpelling(cursor));
        bool use = kind == CXCursor_DeclRefExpr || kind == CXCursor_CallExpr;
        json_t *mentions = use                                ? written->used
                           : clang_isCursorDefinition(cursor) ? written->gate->mentions
                                                              : written->declared;
        mention(mentions, name, line);
        struct labelled labelled = {mentions, line};
        if (kind != CXCursor_CallExpr)
            clang_visitChildren(use ? clang_getCursorReferenced(cursor) : cursor, mention_label,
                                &labelled);
        free(name);
    }
    return CXChildVisit_Recurse;
}

static enum CXChildVisitResult look_at_top(CXCursor cursor, CXCursor parent, void *data) {
    struct written *written = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (clang_isPreprocessing(kind))
        return CXChildVisit_Continue;
    unsigned line = 0;
    enum origin origin = origin_of(written, place_of(clang_getCursorLocation(cursor), &line, NULL));
    if (origin == OF_LESSON && (kind == CXCursor_FunctionDecl || kind == CXCursor_VarDecl) &&
        clang_getCursorLinkage(cursor) == CXLinkage_External) {
        char *name = take(clang_getCursorSpelling(cursor));
        strings_add(&written->gate->promised, name);
        free(name);
    }
    if (origin == OF_SYSTEM && kind == CXCursor_FunctionDecl && clang_isCursorDefinition(cursor)) {
        char *name = take(clang_getCursorSpelling(cursor));
        json_object_set_new(written->gate->inlined, name, json_true());
        free(name);
    }
    if (origin == OF_STUDENT) {
        look_at_syntax(cursor, parent, written);
        clang_visitChildren(cursor, look_at_syntax, written);
    }
    return CXChildVisit_Continue;
}

// What libclang reads otherwise than the compiler, it cannot vouch for.
static void look_at_errors(struct written *written) {
    unsigned count = clang_getNumDiagnostics(written->unit);
    for (unsigned i = 0; i < count && written->gate->compiles; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(written->unit, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
            char *says =
                take(clang_formatDiagnostic(diagnostic, CXDiagnostic_DisplaySourceLocation));
            cannot_judge(written->gate,
                         string_format("the compiler accepts the file, but libclang does not (%s); "
                                       "build the harness with the libclang of the same version",
                                       says));
            free(says);
        }
        clang_disposeDiagnostic(diagnostic);
    }
}

static void fill_mentions(struct written *written) {
    const char *name;
    json_t *line;
    json_object_foreach(written->used, name, line) {
        if (!json_object_get(written->gate->mentions, name))
            json_object_set(written->gate->mentions, name, line);
    }
    json_object_foreach(written->declared, name, line) {
        if (!json_object_get(written->gate->mentions, name))
            json_object_set(written->gate->mentions, name, line);
    }
}

void written_look(struct gate *gate) {
    char *source = string_format("%s%s", gate->source[0] == '-' ? "./" : "", gate->source);
    const struct strings *flags = &gate->flags[BUILD_PLAIN];
    CXIndex index = clang_createIndex(0, 0);
    struct written written = {.gate = gate, .declared = json_object(), .used = json_object()};
    enum CXErrorCode code = clang_parseTranslationUnit2(
        index, source, (const char *const *)flags->items, (int)flags->count, NULL, 0,
        CXTranslationUnit_DetailedPreprocessingRecord | CXTranslationUnit_KeepGoing, &written.unit);
    written.main = written.unit ? clang_getFile(written.unit, source) : NULL;
    if (code != CXError_Success || !written.main) {
        cannot_judge(gate, string_format("libclang could not read the file (error %d)", (int)code));
    } else {
        CXCursor whole = clang_getTranslationUnitCursor(written.unit);
        look_at_errors(&written);
        look_at_tokens(&written);
        clang_visitChildren(whole, look_at_preprocessing, &written);
        clang_visitChildren(whole, look_at_macros, &written);
        clang_visitChildren(whole, look_at_top, &written);
        fill_mentions(&written);
    }
    if (written.unit)
        clang_disposeTranslationUnit(written.unit);
    clang_disposeIndex(index);
    json_decref(written.declared);
    json_decref(written.used);
    free(source);
}
