#include "pages.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "must.h"

enum { VISITORS_MOST = 64, REQUEST_MOST = 2048, PAGE_MOST = 8192 };

static const struct page {
    const char *path;
    int paragraphs;
} pages[] = {
    {"/atomics", 9}, {"/barriers", 4}, {"/channels", 12}, {"/deadlock", 7},   {"/futures", 15},
    {"/locks", 21},  {"/pools", 5},    {"/races", 18},    {"/semaphores", 3}, {"/threads", 10},
};

static struct {
    pthread_t thread;
    int listener;
    int visitors;
} server;

/* Reads a request up to the empty line that ends it. */
static void read_request(int visitor, char request[REQUEST_MOST]) {
    size_t length = 0;
    do {
        ssize_t more =
            must_errno((int)recv(visitor, request + length, REQUEST_MOST - 1 - length, 0));
        length += (size_t)more;
        request[length] = '\0';
        if (more == 0) {
            return; /* the visitor has gone */
        }
    } while (!strstr(request, "\r\n\r\n"));
}

static const struct page *find_page(const char *request) {
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        size_t length = strlen(pages[i].path);
        if (strncmp(request, "GET ", 4) == 0 && strncmp(request + 4, pages[i].path, length) == 0 &&
            request[4 + length] == ' ') {
            return &pages[i];
        }
    }
    return NULL;
}

static void send_all(int visitor, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = must_errno((int)send(visitor, bytes, length, MSG_NOSIGNAL));
        bytes += sent;
        length -= (size_t)sent;
    }
}

static void answer(int visitor, const struct page *page) {
    char body[PAGE_MOST], head[128];
    size_t length = 0;
    for (int i = 1; page && i <= page->paragraphs; i++) {
        length += (size_t)snprintf(body + length, sizeof body - length, "<p>%s, paragraph %d</p>\n",
                                   page->path + 1, i);
    }
    snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n",
             page ? "200 OK" : "404 Not Found", length);
    send_all(visitor, head, strlen(head));
    send_all(visitor, body, length);
}

static void *serve(void *unused) {
    int visitors[VISITORS_MOST];
    char requests[VISITORS_MOST][REQUEST_MOST];

    (void)unused;
    for (int i = 0; i < server.visitors; i++) {
        visitors[i] = must_errno(accept(server.listener, NULL, NULL));
        read_request(visitors[i], requests[i]);
    }
    for (int i = 0; i < server.visitors; i++) {
        answer(visitors[i], find_page(requests[i]));
        must_errno(close(visitors[i]));
    }
    return NULL;
}

int pages_start(int visitors) {
    struct sockaddr_in here = {.sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                               .sin_port = 0}; /* any port that is free */
    socklen_t length = sizeof here;

    if (visitors > VISITORS_MOST) {
        must_be_zero(EINVAL, "pages_start: too many visitors", __FILE__, __LINE__);
    }
    server.visitors = visitors;
    server.listener = must_errno(socket(AF_INET, SOCK_STREAM, 0));
    must_errno(bind(server.listener, (const struct sockaddr *)&here, sizeof here));
    must_errno(listen(server.listener, VISITORS_MOST));
    must_errno(getsockname(server.listener, (struct sockaddr *)&here, &length));
    must(pthread_create(&server.thread, NULL, serve, NULL));
    return ntohs(here.sin_port);
}

void pages_stop(void) {
    must(pthread_join(server.thread, NULL));
    must_errno(close(server.listener));
}
