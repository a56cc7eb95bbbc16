/* expect: clean */
/* A tutorial program that prints what reports look like. Text on its own output is no evidence of anything. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static int shown;

static void *show(void *stream)
{
    pthread_mutex_lock(&mu);
    fprintf(stream, "==================\n"
                    "WARNING: ThreadSanitizer: data race (pid=1234)\n"
                    "  Write of size 4 at 0x7b0400000800 by thread T1:\n"
                    "    #0 show fake-report-right.c:13 (a.out+0x4a2d)\n"
                    "==================\n");
    fprintf(stream, "==1234== Possible data race during write of size 4 at 0x10C040 by thread #2\n"
                    "==1234==    at 0x1091A2: show (fake-report-right.c:13)\n"
                    "<error><kind>Race</kind></error>\n");
    fprintf(stream, "==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010\n"
                    "    #0 0x4f in show fake-report-right.c:13:9\n"
                    "fake-report-right.c:13:9: runtime error: signed integer overflow\n");
    shown++;
    pthread_mutex_unlock(&mu);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, show, stdout);
    pthread_create(&b, NULL, show, stderr);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d reports shown, none of them real\n", shown);
    return 0;
}
