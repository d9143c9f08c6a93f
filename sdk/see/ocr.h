/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef SEE_OCR_H
#define SEE_OCR_H

#include "text.h"

/*
 * The lines of text in a picture, read by the program tesseract: struct seen *, from top to bottom.
 * NULL and `error`: it is no PNG, or the program is missing or fails.
 */
GPtrArray *ocr_read(const void *png, gsize size, GError **error);

#endif
