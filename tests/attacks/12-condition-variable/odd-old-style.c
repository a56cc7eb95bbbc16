/* odd: written as forty years ago, with labels and without indentation */
/* verdict: correct */
#include "exercise.h"

#include "must.h"

void tank_init(t)
struct tank *t;
{
memset(t, 0, sizeof *t);
must(pthread_mutex_init(&t->lock, NULL));
must(pthread_cond_init(&t->changed, NULL));
}

void tank_destroy(t)
struct tank *t;
{
must(pthread_cond_destroy(&t->changed)); must(pthread_mutex_destroy(&t->lock));
}

static void change(t, by)
register struct tank *t;
register int by;
{
must(pthread_mutex_lock(&t->lock));
again:
if (t->level + by < 0) goto sleep;
if (t->level + by > TANK_LITRES) goto sleep;
goto change;
sleep:
must(pthread_cond_wait(&t->changed, &t->lock));
goto again;
change:
t->level += by;
if (t->level > t->highest) t->highest = t->level;
if (t->level < t->lowest) t->lowest = t->level;
must(pthread_cond_broadcast(&t->changed));
must(pthread_mutex_unlock(&t->lock));
}

void tank_draw(t, litres)
struct tank *t;
int litres;
{
change(t, -litres);
}

void tank_fill(t, litres)
struct tank *t;
int litres;
{
change(t, litres);
}
