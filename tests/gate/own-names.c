/* passes */
#include <stddef.h>

struct _node { struct _node *_next; int _value; };
typedef struct __queue { struct _node *__head; size_t _size; } _queue_t;

int send(_queue_t *queue, int value);
int send(_queue_t *queue, int value) { return queue && value; }
static int wait(int n) { return n; }
static int log(int n) { return n; }
static int check(int n) { return n; }
static int drive_home(int n) { return n; }
static int signal(int n) { return n; }
static int index;
static int clock;
int accept(int n);
int accept(int n) { return wait(n) + log(n) + check(n) + drive_home(n) + signal(n) + index + clock; }
