#include "helgrind_error.h"

#include <stdlib.h>
#include <string.h>

char *xml_content(xmlNode *parent, const char *name) {
    for (xmlNode *node = parent->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || strcmp((const char *)node->name, name) != 0)
            continue;
        xmlChar *content = xmlNodeGetContent(node);
        char *copy = string_copy((const char *)content);
        xmlFree(content);
        return copy;
    }
    return NULL;
}

// Valgrind's own replacements (of malloc, memcpy, pthread_…) act for whoever called them.
static bool is_replacement(const char *object) {
    return object && strstr(object, "vgpreload");
}

// Which column an instruction belongs to; valgrind tells the line alone.
static int column_of(struct symbols *symbols, const char *ip) {
    struct location location = {0};
    if (ip)
        symbols_line(symbols, strtoull(ip, NULL, 16), &location);
    int column = location.column;
    location_free(&location);
    return column;
}

void helgrind_stack_read(struct helgrind_stack *into, xmlNode *stack, struct symbols *symbols,
                         const char *executable) {
    bool innermost = true;
    for (xmlNode *node = stack->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || strcmp((const char *)node->name, "frame") != 0)
            continue;
        char *function = xml_content(node, "fn"), *directory = xml_content(node, "dir");
        char *file = xml_content(node, "file"), *line = xml_content(node, "line"),
             *object = xml_content(node, "obj"), *ip = xml_content(node, "ip");
        char *path =
            file ? string_format("%s%s%s", directory ? directory : "", directory ? "/" : "", file)
                 : NULL;
        if (innermost && !is_replacement(object)) {
            into->in_library = object && strcmp(object, executable) != 0;
            innermost = false;
        }
        stack_add(&into->stack, function, path, line ? atoi(line) : 0, column_of(symbols, ip));
        into->own = into->own || !object || strcmp(object, executable) == 0 ||
                    into->stack.count == FRAMES_MOST;
        free(function);
        free(directory);
        free(file);
        free(line);
        free(object);
        free(path);
        free(ip);
    }
}

char *xml_sentence(xmlNode *node) {
    char *text = xml_content(node, "text");
    if (text)
        return text;
    xmlChar *content = xmlNodeGetContent(node);
    text = string_copy((const char *)content);
    xmlFree(content);
    return text;
}

void helgrind_error_read(struct helgrind_error *error, xmlNode *node, struct symbols *symbols,
                         const char *executable) {
    char *heading = string_copy("");
    error->kind = xml_content(node, "kind");
    for (xmlNode *child = node->children; child; child = child->next) {
        const char *name = (const char *)child->name;
        if (child->type != XML_ELEMENT_NODE)
            continue;
        bool says = strcmp(name, "what") == 0 || strcmp(name, "xwhat") == 0 ||
                    strcmp(name, "auxwhat") == 0 || strcmp(name, "xauxwhat") == 0;
        if (says) {
            free(heading);
            heading = xml_sentence(child);
        } else if (strcmp(name, "stack") == 0 &&
                   error->stack_count < sizeof error->stacks / sizeof error->stacks[0]) {
            struct helgrind_stack *stack = &error->stacks[error->stack_count++];
            stack->heading = string_copy(heading);
            helgrind_stack_read(stack, child, symbols, executable);
        }
    }
    free(heading);
}

void helgrind_error_free(struct helgrind_error *error) {
    for (size_t i = 0; i < error->stack_count; i++) {
        free(error->stacks[i].heading);
        stack_free(&error->stacks[i].stack);
    }
    free(error->kind);
}
