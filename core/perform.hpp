// perform(): carries out one action of a job and brings back the event. The only place where a job touches the world.
#pragma once

#include "core/arm_session.hpp"
#include "core/decide.hpp"
#include "core/job_spec.hpp"
#include "core/ports.hpp"

namespace azrestored {

class Performer {
 public:
  Performer(ArmSession& arm, JobStore& store, Clock& clock, IdSource& ids)
      : arm_(arm), store_(store), clock_(clock), ids_(ids) {}

  /// `action` is anything but SleepUntil and Rest. A Submit sends one POST, and never more than one.
  asio::awaitable<Event> perform(Action action, Job job);

 private:
  asio::awaitable<Event> run(Begin, Job job);
  asio::awaitable<Event> run(FindItem, Job job);
  asio::awaitable<Event> run(ReadVault, Job job);
  asio::awaitable<Event> run(FindPoint, Job job);
  asio::awaitable<Event> run(PrepareSubmit, Job job);
  asio::awaitable<Event> run(Submit, Job job);
  asio::awaitable<Event> run(SearchJobs, Job job);
  asio::awaitable<Event> run(PollOperation, Job job);
  asio::awaitable<Event> run(ReadJob, Job job);
  asio::awaitable<Event> run(AskCancel, Job job);
  asio::awaitable<Event> run(FollowCancel, Job job);
  asio::awaitable<Event> run(SleepUntil, Job job);
  asio::awaitable<Event> run(Rest, Job job);

  /// The job file as accepted, or SpecUnreadable.
  asio::awaitable<std::variant<JobSpec, Event>> spec_of(JobId id);
  asio::awaitable<Event> read_chosen_point(Job job, std::string point_id);

  ArmSession& arm_;
  JobStore& store_;
  Clock& clock_;
  IdSource& ids_;
};

}  // namespace azrestored
