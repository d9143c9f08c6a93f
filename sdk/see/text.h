/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Text on the screen: words with their places, and what is looked for among them. Pure. */
#ifndef SEE_TEXT_H
#define SEE_TEXT_H

#include <glib.h>

/* A word, or a line of them; lengths are pixels of the screen. */
struct seen {
    char *text; /* UTF-8 */
    int x, y, width, height;
};

void seen_free(struct seen *seen);

/* A new list of struct seen *, which frees them. */
GPtrArray *seen_list(void);

/* The words of tesseract's TSV, added to `words`. */
void text_read_tsv(const char *tsv, GPtrArray *words);

/*
 * The lines that these words form, from top to bottom: words beside each other, no further apart
 * than they are high. Of words at the same place, seen twice, the longer stays.
 */
GPtrArray *text_lines(const GPtrArray *words);

/*
 * The place of `wanted` in a line: case, spaces, and letters that look alike (O and 0, l, I and 1,
 * m and rn) make no difference. FALSE: it is not in it. `place` has no text.
 */
gboolean text_find(const struct seen *line, const char *wanted, struct seen *place);

#endif
