/* expect: data-race|use-after-free|double-free */
/* A shared image with a plain reference count. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct image {
    int refs;
    size_t size;
    unsigned char *pixels;
};

static struct image *image_new(size_t size)
{
    struct image *im = malloc(sizeof *im);
    im->refs = 1;
    im->size = size;
    im->pixels = malloc(size);
    memset(im->pixels, 7, size);
    return im;
}

static struct image *image_get(struct image *im)
{
    im->refs++; /* fault: data-race|use-after-free */
    return im;
}

static void image_put(struct image *im)
{
    if (--im->refs == 0) { /* fault: data-race|use-after-free */
        free(im->pixels);  /* fault: data-race|double-free|use-after-free */
        free(im);          /* fault: data-race|double-free|use-after-free */
    }
}

static void *viewer(void *arg)
{
    struct image *im = arg;
    unsigned sum = 0;
    for (int round = 0; round < 200; round++) {
        struct image *mine = image_get(im);
        sum += mine->pixels[round % mine->size]; /* fault: data-race|use-after-free */
        image_put(mine);
    }
    image_put(im);
    return (void *)(size_t)sum;
}

int main(void)
{
    struct image *im = image_new(64);
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, viewer, image_get(im));
    image_put(im);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    return 0;
}
