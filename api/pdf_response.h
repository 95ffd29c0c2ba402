// Pages and records as searchable PDFs. Inside api/ only.
#pragma once

#include "api/message.h"
#include "archive/fetch.h"

namespace diwan {

Response PdfOfPage(Archive& archive, const Record& record, const Page& page, Gone gone);

// All its pages, read and sent one after the other; what is sent stops where they change meanwhile. Throws kTooLarge
// for more than 1,000.
Response PdfOfRecord(Archive& archive, const Record& record, Gone gone);

}  // namespace diwan
