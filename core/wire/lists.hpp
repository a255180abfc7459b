// Reads pages of lists, and single recovery points. A body that cannot be read is `transient`. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/azure/backup_job.hpp"
#include "core/azure/protected_item.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/base/result.hpp"
#include "core/http/message.hpp"

namespace azrestored {

template <class Row>
struct Page {
  std::vector<Row> rows;
  std::string next;  // URL of the next page, "" on the last
};

Result<Page<ItemRow>> read_items(const HttpResponse& response);
Result<Page<RecoveryPoint>> read_points(const HttpResponse& response);
Result<Page<JobRow>> read_jobs(const HttpResponse& response);
Result<Page<std::string>> read_guards(const HttpResponse& response);
Result<RecoveryPoint> read_point(const HttpResponse& response);

}  // namespace azrestored
