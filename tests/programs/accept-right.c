/* expect: clean */
/* A listening socket in the abstract name space, two clients, one server thread in accept(). */
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static struct sockaddr_un address = {.sun_family = AF_UNIX};
static socklen_t address_length;
static int listener;
static int served; /* the server's, until it was joined */

static void *server(void *arg)
{
    for (int i = 0; i < 2; i++) {
        char c;
        int s = accept(listener, NULL, NULL);
        if (s < 0)
            return arg;
        if (read(s, &c, 1) == 1 && write(s, c == 'a' ? "A" : "B", 1) == 1)
            served++;
        close(s);
    }
    return NULL;
}

static void *client(void *arg)
{
    char *c = arg;
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    if (s >= 0 && connect(s, (struct sockaddr *)&address, address_length) == 0 && write(s, c, 1) == 1)
        if (read(s, c, 1) != 1)
            *c = '-';
    close(s);
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    char c[2] = {'a', 'b'};

    snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "accept-right-%ld", (long)getpid());
    address_length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(address.sun_path + 1));
    listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, address_length) || listen(listener, 5))
        return 1;
    pthread_create(&t[2], NULL, server, NULL);
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, client, &c[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    close(listener);
    printf("%c%c %d\n", c[0], c[1], served);
    return 0;
}
