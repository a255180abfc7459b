// Names change at once for readers; on the platter they change when the folder is synced, or at random.
#include "tests/power/model_disk.hpp"

#include <algorithm>
#include <cerrno>
#include <set>

namespace azrestored::power {

ModelDisk::ModelDisk(Kind kind, std::int64_t now) : now_ns(now), kind_(kind), root_(std::make_shared<Inode>()) {
  root_->number = ++last_number_;
  root_->is_folder = true;
}

InodePtr ModelDisk::find(const InodePtr& from, std::string_view path) const {
  InodePtr found = from;
  while (!path.empty() && found) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string name(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
    if (name.empty() || name == ".") continue;
    if (name == "..") {
      found = found->parent.lock();
      continue;
    }
    const auto named = found->names.find(name);
    found = named == found->names.end() ? nullptr : named->second;
  }
  return found;
}

int ModelDisk::make_folder(const InodePtr& folder, const std::string& name) {
  if (folder->names.contains(name)) return -EEXIST;
  const InodePtr made = create(folder, name);
  made->is_folder = true;
  made->parent = folder;
  return 0;
}

InodePtr ModelDisk::create(const InodePtr& folder, const std::string& name) {
  auto made = std::make_shared<Inode>();
  made->number = ++last_number_;
  made->changed_ns = now_ns;
  folder->names[name] = made;
  change({Half{folder, {{name, made}}}});
  return made;
}

int ModelDisk::rename(const InodePtr& from, const std::string& old_name, const InodePtr& to,
                      const std::string& new_name, bool may_replace) {
  const auto moved_at = from->names.find(old_name);
  if (moved_at == from->names.end()) return -ENOENT;
  const InodePtr moved = moved_at->second;
  const auto replaced = to->names.find(new_name);
  if (replaced != to->names.end()) {
    if (!may_replace) return -EEXIST;
    if (replaced->second == moved) return 0;  // rename(2): if both names are of one file, it does nothing
    --replaced->second->links;
  }
  moved->changed_ns = now_ns;
  from->names.erase(moved_at);
  to->names[new_name] = moved;
  if (from == to) {
    change({Half{from, {{old_name, nullptr}, {new_name, moved}}}});
  } else {
    change({Half{to, {{new_name, moved}}}, Half{from, {{old_name, nullptr}}}});
  }
  return 0;
}

int ModelDisk::unlink(const InodePtr& folder, const std::string& name) {
  const auto found = folder->names.find(name);
  if (found == folder->names.end()) return -ENOENT;
  --found->second->links;
  found->second->changed_ns = now_ns;
  folder->names.erase(found);
  change({Half{folder, {{name, nullptr}}}});
  return 0;
}

void ModelDisk::set_bytes(Inode& file, std::string bytes) {
  file.bytes = std::move(bytes);
  file.changed_ns = now_ns;
}

void ModelDisk::sync(Inode& inode) {
  if (!inode.is_folder) {
    inode.durable_bytes = inode.bytes;
    return;
  }
  for (Change& change : pending_) {
    std::erase_if(change, [&](const Half& half) {
      const bool is_synced = kind_ == Kind::ordered || half.folder.get() == &inode;
      if (is_synced) make_durable(half);
      return is_synced;
    });
  }
  std::erase_if(pending_, [](const Change& change) { return change.empty(); });
}

void ModelDisk::sync_in_order(Inode& folder) {
  if (kind_ == Kind::ordered) return sync(folder);
  for (Change& change : pending_) {
    if (change.front().folder.get() != &folder) continue;
    make_durable(change.front());
    forget_older(change.front());
    change.erase(change.begin());
  }
  std::erase_if(pending_, [](const Change& change) { return change.empty(); });
}

void ModelDisk::cut_power(sim::Chance& chance) {
  lose_names(chance);
  pending_.clear();
  lose_bytes(chance, *root_);
}

void ModelDisk::change(Change change) {
  pending_.push_back(std::move(change));
}

void ModelDisk::make_durable(const Half& half) {
  for (const auto& [name, inode] : half.names) {
    if (inode) {
      half.folder->durable_names[name] = inode;
    } else {
      half.folder->durable_names.erase(name);
    }
  }
}

/// A name that was removed and then given again must stay when the removal becomes durable later.
void ModelDisk::forget_older(const Half& given) {
  for (Change& change : pending_) {
    for (Half& half : change) {
      if (&half == &given) return;
      if (half.folder != given.folder) continue;
      std::erase_if(half.names, [&](const auto& older) {
        return std::ranges::any_of(given.names, [&](const auto& newer) { return newer.first == older.first; });
      });
    }
  }
}

void ModelDisk::lose_names(sim::Chance& chance) {
  if (kind_ == Kind::ordered) {
    const auto survivors = static_cast<std::size_t>(chance.below(static_cast<int>(pending_.size()) + 1));
    for (std::size_t i = 0; i < survivors; ++i) std::ranges::for_each(pending_[i], make_durable);
    return;
  }
  const bool by_folder = chance.one_in(2);  // the first few changes of each folder; otherwise each change independently
  std::set<const Inode*> stopped;
  for (const Change& change : pending_) {
    for (const Half& half : change) {
      const bool is_lost = chance.one_in(2);
      if (is_lost && by_folder) stopped.insert(half.folder.get());
      if (is_lost || stopped.contains(half.folder.get())) break;  // a removed name stays if the new name is lost
      make_durable(half);
    }
  }
}

/// Walks the rest of the tree and counts the links again, as fsck does on a file system without a journal.
void ModelDisk::lose_bytes(sim::Chance& chance, Inode& folder) {
  std::map<Inode*, int> names;
  const std::function<void(Inode&)> visit = [&](Inode& inode) {
    inode.names = inode.durable_names;
    for (const auto& [name, child] : inode.names) {
      if (++names[child.get()] == 1) visit(*child);
    }
    if (inode.bytes == inode.durable_bytes) return;
    if (chance.one_in(2)) {
      inode.bytes = inode.durable_bytes;
    } else {
      inode.bytes.resize(static_cast<std::size_t>(chance.below(static_cast<int>(inode.bytes.size()) + 1)));
    }
    inode.durable_bytes = inode.bytes;
  };
  visit(folder);
  for (const auto& [inode, count] : names) inode->links = count;
}

}  // namespace azrestored::power
