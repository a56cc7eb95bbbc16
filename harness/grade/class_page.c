#include "class_page.h"

#include "absent.h"

#include <stdlib.h>
#include <string.h>

enum {
    UNRECOGNISED_MOST = 500,
    GROUPS_MOST = 500,
    NAMES_MOST = 30, // of a group
    SPOTS_SHOWN = 40,
};

static void tile(struct text *page, const char *number, const char *words) {
    text_add(page, "<li><b>%s</b>%s</li>\n", number, words);
}

static void tile_count(struct text *page, size_t count, const char *words) {
    char *number = string_format("%zu", count);
    tile(page, number, words);
    free(number);
}

void class_page_head(struct text *page, const struct desk *desk, const struct sums *sums,
                     bool unsafe) {
    size_t correct = 0;
    for (size_t i = 0; i < sums->lesson_count; i++)
        correct += sums->lessons[i].marks[MARK_CORRECT];
    char *percent =
        sums->of ? string_format("%.1f&#8239;%%", 100.0 * (double)sums->points / (double)sums->of)
                 : string_copy("–");
    markup_begin(page, desk, "The class", true, unsafe);
    text_add(page, "<header>\n<h1>The class</h1>\n<p class=\"soft\">Submissions in <code>");
    markup_name(page, roll_text(desk->roll, "folder"));
    text_add(page, "</code>. This page names all students: it is for the instructor.</p>\n"
                   "<ul class=\"tiles\">\n");
    tile_count(page, sums->students, "students");
    tile_count(page, sums->pairs, "files handed in");
    tile_count(page, correct, "correct");
    tile(page, percent, "of the points");
    tile_count(page, sums->persons, "students wait for a person");
    text_add(page, "</ul>\n</header>\n<main>\n");
    free(percent);
}

struct unrecognised {
    struct text students, files; // rows
    size_t student_count, file_count;
};

static void add_row(void *context, const char *student, const char *path, const char *why) {
    struct unrecognised *all = context;
    struct text *rows = student ? &all->students : &all->files;
    size_t count = student ? ++all->student_count : ++all->file_count;
    if (count > UNRECOGNISED_MOST)
        return;
    text_add(rows, "<tr><th scope=\"row\">%s", student ? "" : "<code>");
    markup_name(rows, student ? student : path);
    text_add(rows, "%s</th><td>", student ? "" : "</code>");
    markup_text(rows, why);
    text_add(rows, "</td></tr>\n");
}

static void add_rows(struct text *page, const char *what, struct text *rows, size_t count) {
    text_add(page,
             "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">%s</th><th "
             "scope=\"col\">why</th></tr></thead><tbody>\n",
             what);
    text_add_bytes(page, rows->data, rows->length);
    text_add(page, "</tbody></table></div>\n");
    if (count > UNRECOGNISED_MOST)
        text_add(page, "<p>… and %zu more; unrecognised.jsonl lists all.</p>\n",
                 count - UNRECOGNISED_MOST);
    text_free(rows);
}

void class_page_unrecognised(struct text *page, const struct desk *desk) {
    struct unrecognised all = {0};
    absent_read(desk->roll->out, add_row, &all);
    if (all.student_count) {
        text_add(page,
                 "<section>\n<h2>In no book: %zu</h2>\n<p class=\"soft\">Something of these lies "
                 "in the folder, and none of it could be taken for a lesson: they have neither "
                 "points nor a zero, and are in no table.</p>\n",
                 all.student_count);
        add_rows(page, "student", &all.students, all.student_count);
        text_add(page, "</section>\n");
    }
    if (all.file_count) {
        text_add(page,
                 "<section>\n<h2>Not recognised: %zu</h2>\n<details><summary>Files that were "
                 "taken for nobody's</summary>\n",
                 all.file_count);
        add_rows(page, "file", &all.files, all.file_count);
        text_add(page, "</details>\n</section>\n");
    }
}

// The kind that most have, of those that are not told yet; -1: none is left.
static int most_common(const size_t kinds[FAULT_KINDS], const bool told[FAULT_KINDS]) {
    int most = -1;
    for (int kind = 0; kind < FAULT_KINDS; kind++)
        if (!told[kind] && kinds[kind] && (most < 0 || kinds[kind] > kinds[most]))
            most = kind;
    return most;
}

// "data-race 12, leak 3"
static void add_common(struct text *page, const size_t kinds[FAULT_KINDS]) {
    bool told[FAULT_KINDS] = {false};
    for (int shown = 0; shown < 3; shown++) {
        int kind = most_common(kinds, told);
        if (kind < 0)
            return;
        told[kind] = true;
        text_add(page, "%s<code>%s</code>&nbsp;%zu", shown ? ", " : "", fault_words[kind].name,
                 kinds[kind]);
    }
}

void class_page_lessons(struct text *page, const struct desk *desk, const struct sums *sums) {
    static const enum mark shown[] = {MARK_CORRECT, MARK_FAULTY,    MARK_BROKEN, MARK_REFUSED,
                                      MARK_OPEN,    MARK_UNCHANGED, MARK_MISSING};
    text_add(page, "<section>\n<h2>Lessons</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th "
                   "scope=\"col\">lesson</th>");
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        text_add(page, "<th scope=\"col\" class=\"n\">%s</th>", mark_words[shown[i]].name);
    text_add(page, "<th scope=\"col\">points</th><th scope=\"col\">most common faults</th></tr>"
                   "</thead>\n<tbody>\n");
    for (size_t k = 0; k < sums->lesson_count; k++) {
        const struct lesson_sum *sum = &sums->lessons[k];
        const struct lesson *lesson = desk->roll->lessons[k];
        text_add(page, "<tr><th scope=\"row\">%d ", lesson->number);
        markup_text(page, lesson->title);
        text_add(page, "</th>");
        for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
            text_add(page, "<td class=\"n\">%zu</td>", sum->marks[shown[i]]);
        text_add(page, "<td class=\"nowrap\">%ld&#8239;%%",
                 sum->of ? sum->points * 100 / sum->of : 0);
        markup_bar(page, sum->points, sum->of, "part");
        text_add(page, "</td><td>");
        add_common(page, sum->kinds);
        text_add(page, "</td></tr>\n");
    }
    text_add(page, "</tbody></table></div>\n</section>\n");
}

static void add_kind(struct text *page, const struct desk *desk, const struct sums *sums, int kind,
                     size_t count) {
    const char *between = "";
    text_add(page,
             "<tr><th scope=\"row\"><code>%s</code></th><td>%s</td><td class=\"n\">%zu</td>"
             "<td>",
             fault_words[kind].name, check_words[check_of((enum fault_kind)kind)].name, count);
    markup_bar(page, (long)count, (long)sums->pairs, "bad");
    text_add(page, "</td><td>");
    for (size_t i = 0; i < sums->lesson_count; i++)
        if (sums->lessons[i].kinds[kind]) {
            text_add(page, "%s%d&nbsp;(%zu)", between, desk->roll->lessons[i]->number,
                     sums->lessons[i].kinds[kind]);
            between = ", ";
        }
    text_add(page, "</td></tr>\n");
}

void class_page_kinds(struct text *page, const struct desk *desk, const struct sums *sums) {
    bool told[FAULT_KINDS] = {false};
    size_t kinds[FAULT_KINDS] = {0};
    for (size_t i = 0; i < sums->lesson_count; i++)
        for (int kind = 0; kind < FAULT_KINDS; kind++)
            kinds[kind] += sums->lessons[i].kinds[kind];
    text_add(page, "<section>\n<h2>Kinds of fault</h2>\n<div class=\"scroll\"><table>\n<thead><tr>"
                   "<th scope=\"col\">kind</th><th scope=\"col\">check</th><th scope=\"col\" "
                   "class=\"n\">files</th><th scope=\"col\">of all handed in</th><th "
                   "scope=\"col\">lessons (files)</th></tr></thead>\n<tbody>\n");
    for (int kind; (kind = most_common(kinds, told)) >= 0; told[kind] = true)
        add_kind(page, desk, sums, kind, kinds[kind]);
    text_add(page, "</tbody></table></div>\n</section>\n");
}

struct shown_spot {
    const struct spot *spot;
    int lesson;
};

static int by_pairs(const void *a, const void *b) {
    const struct shown_spot *left = a, *right = b;
    if (left->spot->pairs != right->spot->pairs)
        return left->spot->pairs < right->spot->pairs ? 1 : -1;
    return left->lesson != right->lesson ? left->lesson - right->lesson
                                         : strcmp(left->spot->function, right->spot->function);
}

void class_page_spots(struct text *page, const struct desk *desk, const struct sums *sums) {
    struct shown_spot *spots = memory_zeroed(sums->lesson_count * SPOTS_MOST, sizeof *spots);
    size_t count = 0;
    for (size_t i = 0; i < sums->lesson_count; i++)
        for (size_t k = 0; k < sums->lessons[i].spot_count; k++)
            spots[count++] =
                (struct shown_spot){&sums->lessons[i].spots[k], desk->roll->lessons[i]->number};
    qsort(spots, count, sizeof *spots, by_pairs);
    text_add(page, "<section>\n<h2>Where it goes wrong</h2>\n<div class=\"scroll\"><table>\n<thead>"
                   "<tr><th scope=\"col\" class=\"n\">files</th><th scope=\"col\" "
                   "class=\"n\">lesson</th><th scope=\"col\">function</th><th "
                   "scope=\"col\">kind</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < count && i < SPOTS_SHOWN; i++) {
        text_add(page, "<tr><td class=\"n\">%zu</td><td class=\"n\">%d</td><td><code>",
                 spots[i].spot->pairs, spots[i].lesson);
        markup_text(page, spots[i].spot->function);
        text_add(page, "</code></td><td><code>%s</code></td></tr>\n",
                 fault_words[spots[i].spot->kind].name);
    }
    text_add(page, "</tbody></table></div>\n</section>\n");
    free(spots);
}

// The student of a line of the work list, as a link.
static void add_student(struct text *page, FILE *worklist, long offset) {
    char *line = NULL;
    size_t room = 0;
    if (worklist && fseek(worklist, offset, SEEK_SET) == 0 && getline(&line, &room, worklist) > 0) {
        json_t *json = json_loads(line, 0, NULL);
        const char *id = json_string_value(json_object_get(json, "id"));
        char *file = markup_page_of(id ? id : "");
        text_add(page, "<a href=\"%s\">", file);
        markup_name(page, json_string_value(json_object_get(json, "student")));
        text_add(page, "</a>");
        free(file);
        json_decref(json);
    }
    free(line);
}

static void add_group(struct text *page, const struct desk *desk, FILE *worklist,
                      const struct handed_in *files, size_t count) {
    text_add(page, "<li><code>%s</code>, %zu students: ", desk->roll->lessons[files->lesson]->slug,
             count);
    for (size_t i = 0; i < count && i < NAMES_MOST; i++) {
        text_add(page, "%s", i ? ", " : "");
        add_student(page, worklist, files[i].offset);
    }
    text_add(page, "%s</li>\n", count > NAMES_MOST ? ", …" : "");
}

void class_page_identical(struct text *page, const struct desk *desk, const struct sums *sums) {
    char *path = string_format("%s/worklist.jsonl", desk->roll->out);
    FILE *worklist = fopen(path, "re");
    size_t groups = 0, next;
    text_add(page, "<section>\n<h2>Identical submissions</h2>\n<p class=\"soft\">The same file to "
                   "the byte, apart from the one that is shipped. Short repairs can be the same by "
                   "chance.</p>\n<ul class=\"groups\">\n");
    for (size_t i = 0; i < sums->file_count; i = next) {
        next = i + 1;
        while (next < sums->file_count && sums_same_file(&sums->files[i], &sums->files[next]))
            next++;
        if (next - i > 1 && groups++ < GROUPS_MOST)
            add_group(page, desk, worklist, &sums->files[i], next - i);
    }
    text_add(page, "</ul>\n");
    if (!groups)
        text_add(page, "<p>None.</p>\n");
    if (groups > GROUPS_MOST)
        text_add(page, "<p>… and %zu more groups.</p>\n", groups - GROUPS_MOST);
    text_add(page, "</section>\n");
    free(path);
    if (worklist)
        fclose(worklist);
}

void class_page_table_head(struct text *page, const struct desk *desk) {
    text_add(page, "<section>\n<h2>Students</h2>\n<ul class=\"legend\">\n");
    for (int mark = 0; mark < MARKS; mark++) {
        text_add(page, "<li>");
        markup_mark(page, (enum mark)mark);
        text_add(page, " %s</li>\n", mark_words[mark].says);
    }
    text_add(page, "</ul>\n<div class=\"scroll tall\" tabindex=\"0\"><table class=\"class\">\n"
                   "<thead><tr><th scope=\"col\">student</th><th scope=\"col\" "
                   "class=\"n\">points</th>");
    for (size_t i = 0; i < desk->roll->lesson_count; i++) {
        text_add(page, "<th scope=\"col\" title=\"");
        markup_text(page, desk->roll->lessons[i]->title);
        text_add(page, "\">%d</th>", desk->roll->lessons[i]->number);
    }
    text_add(page, "</tr></thead>\n<tbody>\n");
}
