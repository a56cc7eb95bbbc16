#include "books.h"

#include "book.h"
#include "publish.h"

#include <stdlib.h>
#include <string.h>

static const struct book *const books[] = {&book_csv,    &book_json,         &book_junit,
                                           &book_sarif,  &book_gradescope,   &book_classroom,
                                           &book_github, &book_html_student, &book_html_class};
enum { BOOKS = sizeof books / sizeof books[0] };

struct shelf {
    struct desk desk;
    void *states[BOOKS];
};

static void write_pair(void *context, const struct student *student, const struct pair *pair) {
    struct shelf *shelf = context;
    struct losses losses[2]; // as the instructor sees them, and as the student does
    losses_read(&losses[false], pair, false);
    losses_read(&losses[true], pair, true);
    for (size_t i = 0; i < BOOKS; i++) {
        if (pair == student->pairs && books[i]->begin)
            books[i]->begin(&shelf->desk, shelf->states[i], student);
        if (books[i]->pair)
            books[i]->pair(&shelf->desk, shelf->states[i], student, pair,
                           &losses[books[i]->for_student]);
    }
    losses_free(&losses[false]);
    losses_free(&losses[true]);
}

static void write_students(struct shelf *shelf, struct roll *roll) {
    const struct student *student;
    char *problem = NULL;
    while (!shelf->desk.problem && (student = roll_next(roll, write_pair, shelf, &problem)))
        for (size_t i = 0; i < BOOKS; i++)
            if (books[i]->end)
                books[i]->end(&shelf->desk, shelf->states[i], student);
    if (problem)
        desk_fail(&shelf->desk, problem);
}

static char *write_all(struct roll *roll, const char *directory) {
    struct shelf shelf = {.desk = {.roll = roll,
                                   .directory = string_copy(directory),
                                   .scheme = scheme_words(roll->scheme),
                                   .sandbox = roll_sandbox(roll)}};
    for (size_t i = 0; i < BOOKS; i++)
        shelf.states[i] = books[i]->open(&shelf.desk);
    write_students(&shelf, roll);
    for (size_t i = 0; i < BOOKS; i++)
        books[i]->close(&shelf.desk, shelf.states[i]);
    free(shelf.desk.directory);
    free(shelf.desk.scheme);
    free(shelf.desk.sandbox);
    return shelf.desk.problem;
}

char *books_write(const char *out, const struct course *course, const struct scheme *scheme) {
    struct roll roll;
    struct strings names = {0};
    for (size_t i = 0; i < BOOKS; i++)
        if (books[i]->name)
            strings_add(&names, books[i]->name);
    char *problem = roll_open(&roll, out, course, scheme);
    char *directory = problem ? NULL : publish_begin(out, &names, &problem);
    if (directory) {
        problem = write_all(&roll, directory);
        if (problem)
            publish_abandon(directory);
        else
            problem = publish_end(out, directory, &names);
    }
    free(directory);
    roll_close(&roll);
    strings_free(&names);
    return problem;
}
