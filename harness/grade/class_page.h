// The sections of the page about the class.
#ifndef INTERLEAVE_CLASS_PAGE_H
#define INTERLEAVE_CLASS_PAGE_H

#include "markup.h"
#include "sums.h"

void class_page_head(struct text *page, const struct desk *desk, const struct sums *sums,
                     bool unsafe);
void class_page_unrecognised(struct text *page, const struct desk *desk);
void class_page_lessons(struct text *page, const struct desk *desk, const struct sums *sums);
void class_page_kinds(struct text *page, const struct desk *desk, const struct sums *sums);
void class_page_spots(struct text *page, const struct desk *desk, const struct sums *sums);
// The sums must be sorted.
void class_page_identical(struct text *page, const struct desk *desk, const struct sums *sums);
void class_page_table_head(struct text *page, const struct desk *desk);

#endif
